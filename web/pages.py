"""Templates: how values are set in Swedish, and what every page has. What comes from documents is always escaped."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from corpus.links import STATUS_TITLES
from corpus.vocabulary import kind_titles
from index.export.templates import unturned
from index.words import ACTION_TITLES, GRADE_TITLES, LINK_TITLES, RULE_TITLES
from web.advice import here
from web.limits import MEGABYTES, MOST_FILES
from web.security import token
from web.words import METHODS, counted, number, percent, quoted, reason

TABS = (
    ("/", "Sök"),
    ("/arende", "Ärenden"),
    ("/fragor", "Frågor"),
    ("/loften", "Löften"),
    ("/partier", "Partier"),
    ("/personer", "Personer"),
    ("/granska", "Granska"),
    ("/lagg-till", "Lägg till"),
)


def render(request: Request, template: str, shown: Mapping[str, Any], status: int = 200) -> Response:
    """Return a page."""
    context = {"tabs": TABS, "here": request.url.path, "token": token(request), "query": request.query_params,
               "user": request.session.get("name", ""), **shown}  # fmt: skip
    return HTMLResponse(unturned(_environment.get_template(template).render(context)), status)


def _environment_made() -> Environment:
    made = Environment(
        loader=PackageLoader("web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(number=number, percent=percent, quoted=quoted, here=here, reason=reason)
    made.globals.update(
        counted=counted,
        most_files=MOST_FILES,
        most_megabytes=MEGABYTES,
        kinds=kind_titles(),
        statuses=STATUS_TITLES,
        grades=GRADE_TITLES,
        actions=ACTION_TITLES,
        link_titles=LINK_TITLES,
        methods=METHODS,
        rules=RULE_TITLES,
    )
    return made


_environment = _environment_made()
