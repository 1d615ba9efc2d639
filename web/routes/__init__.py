"""The pages, one module each; `ROUTES` is all of them."""

from starlette.routing import Route

from web import openapi
from web.routes import document, intake, ledgers, login, matter, people, review, search

ROUTES: list[Route] = [
    *search.ROUTES,
    *document.ROUTES,
    *matter.ROUTES,
    *ledgers.ROUTES,
    *people.ROUTES,
    *review.ROUTES,
    *intake.ROUTES,
    *login.ROUTES,
    *openapi.ROUTES,
]
