"""The page over the sample corpus, and over a library with nothing in it; asked in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from corpus.store import Store
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
