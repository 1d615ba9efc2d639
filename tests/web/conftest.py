"""The page over the sample corpus, and over a library with nothing in it; asked in this process, or by a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from bench.web import served
from corpus.store import Store
from tests.web import browsing
from web.app import create

HOSTS = ["testserver"]


@pytest.fixture(scope="session")
def page(samples_home: Path) -> Iterator[TestClient]:
    """The page over the sample corpus."""
    with TestClient(create(samples_home, HOSTS), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def empty_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The page over a library with nothing in it."""
    home = tmp_path_factory.mktemp("tomt")
    Store(home, create=True).close()
    with TestClient(create(home, HOSTS), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def own_library(samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the sample corpus that may be changed: the browser's."""
    home = tmp_path_factory.mktemp("webblasare") / "bibliotek"
    shutil.copytree(samples_home, home)
    return home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with browsing.started() as browser:
        yield browser


@pytest.fixture(scope="session")
def port(browser: Browser, own_library: Path) -> Iterator[int]:  # noqa: ARG001  without a browser no one asks
    """Where a server of its own process serves the library that may be changed."""
    with served(own_library) as port:
        yield port


@pytest.fixture(scope="session")
def number(own_library: Path) -> Callable[[str], int]:
    """What a document of the sample corpus is called in addresses."""
    with Store(own_library) as store:
        numbers = {Path(held.file).name: held.id for held in store.documents()}
    return numbers.__getitem__
