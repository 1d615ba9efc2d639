"""Word documents (.docx): paragraphs, lists and tables in reading order, as one page.

A Word file holds no pages, only the advice to break; page numbers would depend on the printer, so there is one page.
"""

import io

from corpus.errors import Unreadable


def read(data: bytes) -> list[str]:
    """Return the document's text: a blank line between paragraphs, table cells parted by tabs."""
    import docx
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise Unreadable(
            "damaged", f"Word-filen går inte att läsa: {error}", "Öppna den i Word och spara om den."
        ) from error
    parts: list[str] = []
    numbers: dict[str, int] = {}
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            parts.append("\n".join("\t".join(cell.text.strip() for cell in row.cells) for row in block.rows))
        elif block.text.strip():
            parts.append(_marker((block.style.name if block.style else None) or "", numbers) + block.text.strip())
    return ["\n\n".join(parts) + "\n"]


def _marker(style: str, numbers: dict[str, int]) -> str:
    """Write the sign of a list item, which Word keeps apart from the text; a heading starts the numbers over."""
    if style.startswith("List Number"):
        numbers[style] = numbers.get(style, 0) + 1
        return f"{numbers[style]}. "
    if style.startswith("Heading"):
        numbers.clear()
    return "- " if style.startswith("List Bullet") else ""
