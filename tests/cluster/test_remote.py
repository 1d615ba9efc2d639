"""What a worker of a cluster keeps of the originals it was sent."""

from pathlib import Path

import pytest

from pipeline.cluster import remote


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for a worker's folder, in which one original is kept."""
    monkeypatch.setattr(remote, "_folder", lambda: tmp_path)
    monkeypatch.setattr(remote, "_sent", {})
    monkeypatch.setattr(remote, "KEPT", 1)
    return tmp_path


def test_an_original_in_use_is_never_thrown_away(scratch: Path) -> None:
    with remote._lent(Path("/elsewhere/first"), b"1"), remote._lent(Path("/elsewhere/second"), b"2") as second:
        assert second == scratch / "second"
        remote.leave()
        assert sorted(file.name for file in scratch.iterdir()) == ["first", "second"]
    assert [file.name for file in scratch.iterdir()] == [
        "first"
    ]  # the one that was not in use when there were too many
    remote.leave()
    assert not list(scratch.iterdir())


def test_an_original_that_was_sent_is_found_without_being_sent_again(scratch: Path) -> None:
    with remote._lent(Path("/elsewhere/first"), b"1"):
        pass
    with remote._lent(Path("/elsewhere/first"), None) as held:
        assert held == scratch / "first"
        assert held.read_bytes() == b"1"


def test_an_original_that_is_neither_sent_nor_reached_is_told(scratch: Path) -> None:
    with remote._lent(scratch / "nowhere", None) as held:
        assert held is None
