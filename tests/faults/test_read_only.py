"""A library that can be read and not written, for real: questions are answered, changes refused."""

import pytest
from starlette.testclient import TestClient

from bench import mixed
from corpus import settings
from corpus.settings import EngineName
from tests.faults.conftest import Disk, Here
from web.app import create

CLOSED = 4
PAGES = ("/", "/sok?q=kajen", "/arende?q=kajen", "/handling/1", "/handling/1/original", "/fragor", "/granska")
ASKING = ("search kajen", "trace kajen", "status", "show 2.txt", "questions", "like 1", "saved")
CHANGING = ("add /etc/hostname", "reindex", "refresh", "teach kajutan", "config workers 2")


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_read_only_library_answers_and_says_why_it_cannot_be_changed(
    here: Here, disk: Disk, engine: EngineName
) -> None:
    papers = disk.path.parent / "2.txt"
    papers.write_text(mixed.text(2))
    settings.store(disk.home, "engine", engine)
    assert here("add", papers, home=disk.home).code == 0
    before = {file: file.read_bytes() for file in disk.home.rglob("*") if file.is_file()}
    disk.close()
    for command in ASKING:
        ended = here(*command.split(), home=disk.home)
        assert ended.code == 0, (command, ended.err)
    for command in CHANGING:
        ended = here(*command.split(), home=disk.home)
        assert ended.code == CLOSED, (command, ended.err)
        assert "skrivskydd" in ended.err, (command, ended.err)
    with TestClient(create(disk.home, ["testserver"])) as page:
        for address in PAGES:
            assert page.get(address).status_code == 200, address
        assert page.get("/handling/1/1.png").headers["content-type"] == "image/png"
    assert {file: file.read_bytes() for file in disk.home.rglob("*") if file.is_file()} == before
