"""What the program stands on: every library by its checksum, under a licence one can live with; and no foreign objects.

Pickles, `eval` and shells run what they read. None is used on anything that comes from outside; what our own
processes send one another is pickled by `multiprocessing`, and no one else can write to those pipes.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import licences
from tests.conftest import PROJECT

LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = re.compile(
    r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]+))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)
SYSTEMS = [
    {"sys_platform": system, "platform_machine": machine, "python_full_version": f"{python}.0",
     "python_version": python, "os_name": "posix", "platform_python_implementation": "CPython",
     "implementation_name": "cpython"}
    for python in ("3.11", "3.12", "3.13")
    for system, machine in (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"))
]  # fmt: skip
ROOMS = ("bench", "corpus", "index", "pipeline", "terminal", "tests", "verbs", "web")
SERIALISERS = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "joblib",
    "dill",
    "cloudpickle",
    "yaml",
    "jsonpickle",
}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}
RUNS_COMMANDS, UNPICKLES = {"system", "popen"}, {"read_pickle", "from_pickle"}
ALLOWED = {  # file, and what stands there
    ("tests/hostile/test_cmap.py", "pickle"),  # a pickle that means ill, to see that no one loads it
    ("index/engines/unpickling.py", "pickle"),  # lets in plain values and Whoosh's own classes alone
    ("tests/index/test_unpickling.py", "pickle"),
    ("tests/pipeline/test_workers.py", "pickle"),  # that our own tasks can be sent to our own workers
}
SAFE = {"MIT", "BSD", "Apache", "ISC", "PSF", "CNRI", "MPL", "LGPL", "Zlib", "0BSD", "CC0", "HPND"}


def locked() -> dict[str, tuple[str, str, int]]:
    """Return the libraries of the lock: version, marker, and how many checksums."""
    found = LOCKED.finditer(LOCK)
    return {canonicalize_name(one[1]): (one[2], one[3] or "", one[4].count("sha256")) for one in found}


def asked() -> list[Requirement]:
    """Return what pyproject.toml asks for, for running and for developing."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(one) for one in (*project["dependencies"], *project["optional-dependencies"]["dev"])]


# ---- the lock --------------------------------------------------------------------------------------------------------


def test_every_line_of_the_lock_is_a_version_with_checksums_and_tells_no_address() -> None:
    left = LOCKED.sub("", re.sub(r"^#.*\n", "", LOCK, flags=re.MULTILINE))
    assert left == ""
    assert len(locked()) > 100
    assert not re.search(r"://|--index|--find-links|--extra|--trusted", re.sub(r"^#.*\n", "", LOCK, flags=re.MULTILINE))


@pytest.mark.parametrize(
    "system", SYSTEMS, ids=lambda one: f"{one['sys_platform']}-{one['python_version']}-{one['platform_machine']}"
)
def test_what_is_asked_for_is_locked_in_a_version_that_fits_everywhere(system: dict[str, str]) -> None:
    for one in asked():
        if one.marker is None or one.marker.evaluate(system):
            name = canonicalize_name(one.name)
            assert name in locked(), (
                f"{name}: the lock is older than pyproject.toml; its first lines say how to renew it"
            )
            held, marker, _ = locked()[name]
            assert one.specifier.contains(held), f"{name} {held}"
            assert not marker or Marker(marker).evaluate(system), f"{name}; {marker}"


def test_what_is_installed_is_what_is_locked() -> None:
    for name in licences.runtime():
        assert version(name) == locked()[name][0]


def test_every_way_to_install_asks_for_the_checksums() -> None:
    run = (PROJECT / "run").read_text(encoding="utf-8")
    installs = [line for line in run.splitlines() if re.search(r"\bpip_install -", line)]
    assert len(installs) == 3
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --editable ." in line
        assert "--no-build-isolation" in line or "packaging setuptools wheel" in line


def test_holes_that_are_known_are_behind_us() -> None:
    """CVE-2025-64512 and CVE-2025-70559: pdfminer.six unpickled files that a PDF named. CVE-2025-62727: starlette."""
    assert locked()["pdfminer-six"][0] >= "20251230"
    assert tuple(map(int, locked()["starlette"][0].split("."))) >= (0, 49, 1)


# ---- licences --------------------------------------------------------------------------------------------------------


def test_the_licences_listed_are_those_of_what_is_installed() -> None:
    assert licences.TARGET.read_text(encoding="utf-8") == licences.written(), "./run licences writes the list anew"


def test_every_library_has_a_licence_that_goes_with_ours() -> None:
    for name in licences.runtime():
        said = licences.licence(name)
        assert said, f"{name} says nothing of its licence"
        for alternatives in re.split(r"\bAND\b", re.sub(r"\(and .*?\)", "", said)):
            parts = [part.strip(" ()") for part in alternatives.split(" OR ")]
            assert any(part.startswith(tuple(SAFE)) for part in parts), f"{name}: {said}"
            assert not any(re.match("A?GPL", part) for part in parts), f"{name}: {said}"


# ---- nothing that is read is run ------------------------------------------------------------------------------------


def sources() -> Iterator[tuple[str, ast.AST]]:
    files = [PROJECT / "cli.py", *(file for room in ROOMS for file in (PROJECT / room).rglob("*.py"))]
    for file in files:
        yield file.relative_to(PROJECT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def risks(tree: ast.AST) -> Iterator[str]:
    """Yield what in a source could run what it reads."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (one.name for one in names if one.name.partition(".")[0] in SERIALISERS)
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in SERIALISERS:
                yield module
            case ast.Call(func=ast.Name(name)) if name in RUNS_TEXT:
                yield name
            case ast.Call(func=ast.Attribute(attr=name)) if name in RUNS_COMMANDS | UNPICKLES:
                yield name
            case ast.Call():
                yield from (str(one.arg) for one in node.keywords if _lets_in(one))
            case _:
                continue


def _lets_in(given: ast.keyword) -> bool:
    told = given.value.value if isinstance(given.value, ast.Constant) else True  # what is not written out may be true
    return given.arg in {"shell", "allow_pickle"} and bool(told)


def test_nothing_that_is_read_is_run() -> None:
    found = {(file, risk) for file, tree in sources() for risk in risks(tree)}
    assert found - ALLOWED == set()
    assert len(list(sources())) > 200


@pytest.mark.parametrize(
    "source",
    ["import pickle", "from pickle import loads", "import yaml", "eval('1')", "exec(x)", "os.system('ls')",
     "subprocess.run(x, shell=True)", "subprocess.run(x, shell=y)", "np.load(f, allow_pickle=True)",
     "from joblib import load", "compile(x, 'f', 'exec')", "import dill as d"],
)  # fmt: skip
def test_what_would_run_it_is_seen(source: str) -> None:
    """Else the test above could not fail."""
    assert list(risks(ast.parse(source)))
    assert not list(risks(ast.parse("re.compile('a'); np.load(f, allow_pickle=False); run(x, shell=False)")))
