"""The built wheel holds what it should and works on its own.

The top-level folders are the packages, so what is built is a list in pyproject.toml that can silently be
wrong. The wheel is therefore built, looked into, and installed where neither the project's folder nor its
development tools can help. The libraries it depends on take a minute to install: that environment is kept
inside the project's own, and only the wheel itself is installed anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from contextlib import contextmanager
from email import message_from_string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PACKAGES = {"corpus", "index", "pipeline", "terminal", "verbs", "web"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def content(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def test_wheel_has_the_expected_top_level(content: set[str]) -> None:
    top = {name.partition("/")[0] for name in content}
    (metadata,) = (name for name in top if name.startswith("aktspar-") and name.endswith(".dist-info"))
    assert top == PACKAGES | {"cli.py", metadata}


def test_wheel_holds_the_data_that_the_program_reads(content: set[str]) -> None:
    for pattern in ("vocabulary/*.toml", "schema/*.sql", "swedish/*.npz", "samples/documents/*"):
        wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "corpus").glob(pattern)}
        assert wanted, f"no corpus/{pattern} in the project"
        assert wanted <= content
    for pattern in ("templates/*.html", "static/*.*", "static/fonts/*"):
        wanted = {path.relative_to(ROOT).as_posix() for path in (ROOT / "web").glob(pattern)}
        assert wanted, f"no web/{pattern} in the project"
        assert wanted <= content


def test_wheel_leaves_out_what_only_the_project_needs(content: set[str]) -> None:
    made_of = ("corpus/samples/sources/", "corpus/samples/rendering/", "corpus/samples/render.py")
    assert not [name for name in content if name.startswith(made_of)]
    assert not [name for name in content if "__pycache__" in name or name.startswith("tests/")]


def test_installed_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    with _clean_environment(wheel) as scripts:
        _run(scripts / "python", "-m", "pip", "install", "-qq", "--no-deps", "--force-reinstall", wheel, cwd=tmp_path)
        for development_tool in ("pytest", "mypy", "hatchling"):
            assert not _can_import(scripts / "python", development_tool, cwd=tmp_path)
        _run(scripts / "python", "-c", "import cli, corpus, index, pipeline, terminal, verbs, web.app", cwd=tmp_path)
        assert _version(wheel) in _run(scripts / "aktspar", "--version", cwd=tmp_path)
        assert "aktspar" in _run(scripts / "aktspar", "--help", cwd=tmp_path)
        _run(scripts / "python", "-m", "pip", "check", cwd=tmp_path)


@contextmanager
def _clean_environment(wheel: Path) -> Iterator[Path]:
    """Lend the scripts folder of an environment that holds what the wheel requires and no more.

    It is kept under a name that changes with the requirements; the lock is against test runs side by side.
    """
    requirements = _requirements(wheel)
    kept = Path(sys.prefix) / ".cache"
    kept.mkdir(exist_ok=True)
    locked = LOCK.read_text("utf-8")
    ingredients = "\n".join([sys.version, *requirements, locked])
    folder = kept / f"clean-{hashlib.sha256(ingredients.encode()).hexdigest()[:16]}"
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            for outdated in kept.glob("clean-*"):
                shutil.rmtree(outdated)
            venv.create(folder, with_pip=True)
            versions = folder / "versions"  # without the checksums, which pip takes for whole lists only
            versions.write_text("\n".join(re.findall(r"^([\w.-]+==[^\\\n]+)", locked, re.MULTILINE)), encoding="utf-8")
            _run(folder / "bin" / "python", "-m", "pip", "install", "-qq", "-c", versions, *requirements, cwd=kept)
            (folder / "complete").touch()
        yield folder / "bin"


def _metadata(wheel: Path) -> str:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return archive.read(name).decode("utf-8")


def _requirements(wheel: Path) -> list[str]:
    every = message_from_string(_metadata(wheel)).get_all("Requires-Dist", [])
    return sorted(one for one in every if "extra ==" not in one)


def _version(wheel: Path) -> str:
    return message_from_string(_metadata(wheel))["Version"]


def _can_import(python: Path, module: str, cwd: Path) -> bool:
    probe = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([python, "-c", probe], cwd=cwd, env=_environment(), check=False).returncode == 0


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, env=_environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}"
    return done.stdout


def _environment() -> dict[str, str]:
    """Ours, less what would let Python find the project's folder."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
