"""A matter as one web page that works offline: no script, nothing fetched, the picture of the timeline inside it."""

from markupsafe import Markup

from index.export.chart import draw
from index.export.report import contents
from index.export.templates import environment, unturned
from index.trace import Trace


def to_html(found: Trace) -> bytes:
    """Return the page."""
    picture = Markup(draw(found, linked=True)) if found.events else ""  # noqa: S704  its own template escapes
    return unturned(environment().get_template("rapport.html").render(**contents(found), bild=picture)).encode()
