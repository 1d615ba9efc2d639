"""What every room must know of Swedish: known words, compound parts, stems."""
