"""Saved web pages: the main text without menus, cookie banners and footers."""

import re
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.page import PageText
from pipeline.read.text import decode

MOST_FURNITURE = 0.4  # of the page's text

_NEVER_TEXT = (
    "script, style, noscript, template, nav, button, input, select, textarea, svg, [role=navigation], [hidden]"
)
_AROUND = "header, footer, aside"  # of the page; those of an article hold its title and date
_MAIN = "main, article, [role=main], #content, #innehall"
_FURNITURE_NAMES = (
    "cookie",
    "kakor",
    "meny",
    "menu",
    "breadcrumb",
    "brodsmul",
    "sidfot",
    "sidhuvud",
    "footer",
    "share",
)
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 div section article main table tr ul ol blockquote dd dt pre body".split())


def read(file: Path) -> list[PageText]:
    """Return the main text as one page: paragraphs apart, list items and table rows on lines of their own."""
    return [main_text(decode(file.read_bytes()))]


def main_text(page: str) -> PageText:
    """Return the text of a web page without what stands on every page of its site."""
    tree = LexborHTMLParser(page)
    for node in tree.css(_NEVER_TEXT):
        node.decompose()
    whole = len(tree.body.text() if tree.body else "")
    for node in tree.css("div, section, ul"):
        if _is_furniture(node, whole):
            node.decompose()
    main = tree.css_first(_MAIN)
    if main is None:
        for node in tree.css(_AROUND):
            node.decompose()
        main = tree.body
    return PageText(_text(main).strip() + "\n") if main else PageText("")


def _is_furniture(node: LexborNode, whole: int) -> bool:
    """Tell by its name; a part that holds most of the page's text is the text, whatever it is called."""
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower()
    return any(name in names for name in _FURNITURE_NAMES) and len(node.text()) < MOST_FURNITURE * whole


def _text(node: LexborNode) -> str:
    """Return the text below a node, a blank line between blocks."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(_inline(child.text_content or ""))
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in {"td", "th"}:
            parts.append(_text(child).strip() + "\t")
        else:
            parts.append(_block(child))
    return "".join(parts)


def _block(node: LexborNode) -> str:
    inner = _text(node)
    if node.tag not in _BLOCKS:
        return inner
    if not inner.strip():
        return ""
    if node.tag == "li":
        return f"\n{_marker(node)}{inner.strip()}\n"
    if node.tag == "tr":
        return inner.strip() + "\n"
    return f"\n\n{inner.strip()}\n\n"


def _marker(node: LexborNode) -> str:
    """Number the items of an ordered list as a reader sees them."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "- "
    items = [item.mem_id for item in parent.iter() if item.tag == "li"]
    return f"{items.index(node.mem_id) + 1}. "


def _inline(text: str) -> str:
    """Fold white space; at the edges of inline text it still parts words."""
    return re.sub(r"\s+", " ", text)
