"""The program asks no one outside: all of it is run where there is no network and where every attempt is written down.

Python's audit hook hears every connection and look-up that Python makes, in the program's own processes and in its
workers, and refuses those that lead anywhere but to this machine. Where the system allows it the run has a network
namespace of its own besides, in which there is no way out, for Tesseract and for libraries that are not Python too.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import PROJECT

HOOK = dedent('''
    """Writes down and refuses whatever leads out of this machine; Python itself imports it when it starts."""
    import os, sys

    LOG = os.environ["NETWORK_LOG"]
    ADDRESSED = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
    ASKS = ADDRESSED | {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
    HERE = {"127.0.0.1", "::1", "localhost"}

    def note(what):
        with open(LOG, "a") as log:
            log.write(f"{os.getpid()} {what}\\n")

    def heard(event, told):
        if event not in ASKS:
            return
        address = told[0] if event.startswith(("socket.getaddr", "socket.gethost")) else told[-1]
        if event == "socket.getnameinfo":
            address = told[0]
        host = address[0] if isinstance(address, tuple) else address
        of_no_network = not isinstance(address, tuple) and event in ADDRESSED
        if of_no_network or host in HERE:
            return
        note(f"OUT {event} {told[1:]!r}")
        raise PermissionError(f"{event} {address!r}")

    sys.addaudithook(heard)
    note("begun")
''')
EXPORTS = ("html", "pdf", "xlsx", "csv", "json", "ics", "svg", "docx")
MATTER = "handlingsplan socialsekreterare"
PHONES_HOME = re.compile(r"TELEMETRY|ANALYTICS|SENTRY|TRACKING|NO_?TRACK|WANDB|POSTHOG")
OUTGOING = ("urllib.request", "http.client", "requests", "httpx", "httpx2", "aiohttp", "ftplib", "smtplib", "socket")
LIBRARIES = ("spacy", "thinc", "weasel", "confection", "tantivy", "typst", "pypdfium2", "starlette", "uvicorn")
RUNNING = f"""
set -e
aktspar() {{ "{sys.executable}" -m cli "$@"; }}
aktspar demo >/dev/null
export AKTSPAR_HOME=$(echo "$TMPDIR"/aktspar-demo-*)
aktspar add "$SOURCE" >/dev/null
aktspar search handlingsplan >/dev/null
aktspar trace "{MATTER}" >/dev/null
aktspar questions >/dev/null
aktspar promises >/dev/null
aktspar doctor >/dev/null || test $? -eq 1
for form in {" ".join(EXPORTS)}; do aktspar export "{MATTER}" --to "$OUT/arende.$form" >/dev/null; done
"{sys.executable}" -m cli serve --port 8080 >/dev/null 2>"$OUT/served" &
server=$!
trap 'kill $server' EXIT
for _ in $(seq 300); do grep -q 127.0.0.1 "$OUT/served" && break; sleep 0.2; done
"{sys.executable}" - <<'ASK'
import time, urllib.request
for path in ("/", "/sok?q=handlingsplan", "/arende?q=handlingsplan", "/handling/1", "/handling/1/1.png", "/fragor"):
    for attempt in range(50):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:8080{{path}}", timeout=120).read()
            break
        except ConnectionError:
            time.sleep(0.2)
    else:
        raise SystemExit(f"{{path}} was never answered")
ASK
"""


@pytest.fixture
def apart() -> list[str]:
    """What to put before a command for it to have a network of its own, with nothing in it but this machine."""
    for flags in (["-n"], ["-r", "-n"]):
        command = ["unshare", *flags, "--", "sh", "-c"]
        if shutil.which("unshare") and shutil.which("ip"):
            tried = subprocess.run([*command, "ip link set lo up"], capture_output=True, check=False)
            if tried.returncode == 0:
                return [*command, 'ip link set lo up && exec "$@"', "apart"]
    return []


def watched(folder: Path) -> tuple[dict[str, str], Path]:
    """Return the environment in which every Python process notes what it asks for, and where it is noted."""
    hooks, log = folder / "hooks", folder / "log"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    log.touch()
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "PYTHONPATH": f"{hooks}:{PROJECT}", "NETWORK_LOG": str(log), "HOME": str(folder)}, log


def test_the_whole_program_runs_without_a_network_and_asks_for_none(tmp_path: Path, apart: list[str]) -> None:
    environment, log = watched(tmp_path)
    source, out = tmp_path / "brev.txt", tmp_path / "ut"
    source.write_text("Skrivelse om badet i Alviken\n\n2024-03-01\n\nNär öppnar badet?\n", encoding="utf-8")
    out.mkdir()
    given = {"SOURCE": str(source), "OUT": str(out), "TMPDIR": str(tmp_path)}
    command = [*apart, "bash", "-c", RUNNING]
    done = subprocess.run(
        command, env={**environment, **given}, cwd=PROJECT, capture_output=True, text=True, check=False
    )
    noted = log.read_text(encoding="utf-8").splitlines()
    assert done.returncode == 0, done.stderr
    assert [line for line in noted if "OUT" in line] == []
    assert len({line.split()[0] for line in noted}) > len(EXPORTS) + 8  # each command and its workers were listened to
    assert {file.suffix for file in out.glob("arende.*")} == {f".{form}" for form in EXPORTS}


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import urllib.request; urllib.request.urlopen('http://example.org/')",
        "import asyncio; asyncio.run(asyncio.open_connection('192.0.2.1', 80))",
    ],
)
def test_an_attempt_to_get_out_is_heard_and_refused(tmp_path: Path, attempt: str) -> None:
    """Else the test above could not fail."""
    environment, log = watched(tmp_path)
    done = subprocess.run([sys.executable, "-c", attempt], env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert b"PermissionError" in done.stderr
    assert "OUT socket." in log.read_text(encoding="utf-8")


def test_in_a_network_of_its_own_nothing_outside_can_be_reached(apart: list[str]) -> None:
    if not apart:
        pytest.skip("det går inte att göra ett eget nät här (unshare, ip): bara Pythons egna försök ses")
    told = subprocess.run([*apart, "ip", "-o", "link"], capture_output=True, text=True, check=True).stdout
    assert re.findall(r"^\d+: (\w+)", told, re.MULTILINE) == ["lo"]


def test_no_library_is_told_or_asks_to_phone_home() -> None:
    """What a library that counts its users would read from the environment is in none of those we run."""
    import importlib.util

    for name in LIBRARIES:
        found = importlib.util.find_spec(name)
        assert found
        for folder in found.submodule_search_locations or ():
            for file in Path(folder).rglob("*.py"):
                said = file.read_text(encoding="utf-8", errors="replace")
                asks = re.findall(r"environ(?:\.get)?[\[(]\s*[\"'](\w+)", said)
                assert not [one for one in asks if PHONES_HOME.search(one)], file


def test_the_source_opens_no_connection() -> None:
    """Only the page listens, and only on an address it is told."""
    outgoing = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(map(re.escape, OUTGOING))})\b", re.MULTILINE)
    own = [
        file
        for room in ("corpus", "pipeline", "index", "terminal", "verbs", "web")
        for file in (PROJECT / room).rglob("*.py")
    ]
    assert len(own) > 100
    found = {file.relative_to(PROJECT).as_posix() for file in own if outgoing.search(file.read_text(encoding="utf-8"))}
    assert found == {"web/app.py"}
