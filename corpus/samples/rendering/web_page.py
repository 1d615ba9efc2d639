"""Sets a source as a saved municipal web page: the text amid menus, a cookie notice and a footer."""

from functools import singledispatch
from html import escape

from corpus.samples.rendering.source import Block, Heading, Listing, PageBreak, Paragraph, Source, Table

PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{{font-family:sans-serif;max-width:60rem;margin:auto}}nav li{{display:inline}}</style>
<script>var val=[];function samtycke(ja){{val.push({{"samtycke":ja}});}}</script>
</head>
<body>
<div id="cookie-banner" role="dialog" aria-label="Om kakor">
<p>Vi använder kakor för att webbplatsen ska fungera och för att förstå hur den används.
Vill du godkänna alla kakor?</p>
<button onclick="samtycke(true)">Godkänn alla</button>
<button onclick="samtycke(false)">Bara nödvändiga</button>
</div>
<a class="skip" href="#innehall">Hoppa till innehållet</a>
<header>
<p class="logo">Lövhamns stad</p>
<form role="search" action="/sok"><label>Sök på webbplatsen <input name="q"></label><button>Sök</button>
</form>
<nav aria-label="Huvudmeny"><ul>{menu}</ul></nav>
</header>
<nav aria-label="Brödsmulor"><ol>{crumbs}</ol></nav>
<main id="innehall">
{body}
</main>
<aside><h2>Hjälpte informationen på den här sidan dig?</h2><button>Ja</button><button>Nej</button></aside>
<footer>
<h2>Kontakt</h2>
<p>Lövhamns stad, Stadshusplatsen 1, Lövhamn. Kontaktcenter är öppet vardagar 8–16.30.</p>
<ul><li><a href="/tillganglighet">Tillgänglighetsredogörelse</a></li>
<li><a href="/kakor">Om kakor</a></li></ul>
<p>Dela sidan: <a href="#">E-post</a> <a href="#">Skriv ut</a></p>
</footer>
</body>
</html>
"""


def web_page(source: Source) -> bytes:
    """Return the page as UTF-8."""
    body = "\n".join(_tags(block) for block in source.blocks)
    links = "".join(f'<li><a href="#">{escape(text)}</a></li>' for text in source.style.menu)
    crumbs = _items(source.style.crumbs)
    title = escape(source.style.page_title)
    return PAGE.format(title=title, menu=links, crumbs=crumbs, body=body).encode()


def _items(texts: tuple[str, ...]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in texts)


@singledispatch
def _tags(block: Block) -> str:
    raise NotImplementedError(block)


@_tags.register
def _(block: Heading) -> str:
    return f"<h{block.level}>{escape(block.text)}</h{block.level}>"


@_tags.register
def _(block: Paragraph) -> str:
    return f"<p>{'<br>'.join(escape(line) for line in block.lines)}</p>"


@_tags.register
def _(block: Listing) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>{_items(block.items)}</{tag}>"


@_tags.register
def _(block: Table) -> str:
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@_tags.register
def _(_block: PageBreak) -> str:
    return ""
