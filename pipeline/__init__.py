"""From a file to a record: read, recognise, restore, extract, connect."""
