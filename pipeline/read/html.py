"""Saved web pages: the main text without menus, cookie banners and footers."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.text import decode

_FURNITURE = (
    "script, style, noscript, template, nav, header, footer, aside, form, button, svg, [role=navigation], [hidden]"
)
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


def read(data: bytes) -> list[str]:
    """Return the main text as one page: paragraphs apart, list items and table rows on lines of their own."""
    tree = LexborHTMLParser(decode(data))
    for node in tree.css(_FURNITURE):
        node.decompose()
    for node in tree.css("div, section, ul"):
        if _is_furniture(node):
            node.decompose()
    main = tree.css_first("main, article, [role=main], #content, #innehall") or tree.body
    return [_text(main).strip() + "\n"] if main else [""]


def _is_furniture(node: LexborNode) -> bool:
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower()
    return any(name in names for name in _FURNITURE_NAMES)


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
