"""Saved web pages: the main text without menus, cookie banners and footers."""

import re
from itertools import islice
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.read.page import PageText
from pipeline.read.text import decode

MOST_FURNITURE = 0.4  # of the page's text
MOST_NAMED = 2000  # parts looked at
DEEPEST = 200  # levels; what lies deeper is read as one line

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
    named = filter(_is_named_furniture, tree.css("div, section, ul"))
    for node in islice(named, MOST_NAMED):
        if len(node.text()) < MOST_FURNITURE * whole:  # what holds most of the page is its text, whatever it is called
            node.decompose()
    main = tree.css_first(_MAIN)
    if main is None:
        for node in tree.css(_AROUND):
            node.decompose()
        main = tree.body
    return PageText(_text(main).strip() + "\n") if main else PageText("")


def _is_named_furniture(node: LexborNode) -> bool:
    names = f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}".lower()
    return any(name in names for name in _FURNITURE_NAMES)


def _text(node: LexborNode, depth: int = 0) -> str:
    """Return the text below a node, a blank line between blocks."""
    if depth > DEEPEST:
        return _inline(node.text(separator=" "))
    parts: list[str] = []
    item = 0
    for child in node.iter(include_text=True):
        item += child.tag == "li"
        if child.tag == "-text":
            parts.append(_inline(child.text_content or ""))
        elif child.tag == "br":
            parts.append("\n")
        elif child.tag in {"td", "th"}:
            parts.append(_text(child, depth + 1).strip() + "\t")
        else:
            marker = f"{item}. " if node.tag == "ol" else "- "  # as a reader sees it
            parts.append(_block(child, marker, depth + 1))
    return "".join(parts)


def _block(node: LexborNode, marker: str, depth: int) -> str:
    inner = _text(node, depth)
    if node.tag not in _BLOCKS:
        return inner
    if not inner.strip():
        return ""
    if node.tag == "li":
        return f"\n{marker}{inner.strip()}\n"
    if node.tag == "tr":
        return inner.strip() + "\n"
    return f"\n\n{inner.strip()}\n\n"


def _inline(text: str) -> str:
    """Fold white space; at the edges of inline text it still parts words."""
    return re.sub(r"\s+", " ", text)
