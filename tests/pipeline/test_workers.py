"""Workers: a task that crashes, hangs or fills its memory is a line in the account; nothing is left when a run ends."""

import contextlib
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.errors import Unreadable
from corpus.store import Store
from pipeline import confinement, run, tasks
from pipeline.temporary import FOLDER, temporary_folder
from pipeline.workers import Inline, Workers
from tests.conftest import PROJECT
from tests.pipeline.making import PROSE, Silence, image_bytes, page_image

pytestmark = pytest.mark.xdist_group("workers")

GIGABYTE = 1 << 30


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fill() -> int:
    return len(bytearray(8 * GIGABYTE))


def refuse() -> None:
    raise Unreadable("damaged", "Sidan är skadad.", "Hämta den igen.")


def limits() -> tuple[str, str]:
    import tempfile

    return tempfile.gettempdir(), os.environ["TMPDIR"]


def open_sockets(port: int) -> list[str]:
    """Try to reach a port from this process and from one that it starts; return what came of it."""
    told = [_reached(socket.AF_INET, ("127.0.0.1", port)), _reached(socket.AF_INET6, ("::1", port))]
    told.append(_reached(socket.AF_UNIX, "/finns/inte"))
    code = f"import socket\ntry: socket.create_connection(('127.0.0.1', {port}))\nexcept OSError as e: print(e.errno)"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return [*told, child.stdout.strip()]


def _reached(family: int, address: tuple[str, int] | str) -> str:
    try:
        with socket.socket(family) as made:
            made.connect(address)
    except OSError as error:
        return str(error.errno)
    return "reached"


def write_much(folder: str) -> None:
    with Path(folder, "stor").open("wb") as file:
        file.seek(confinement.FILE_BYTES)
        file.write(b"x")


def core_limit() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CORE)


def burn() -> None:
    """Work for ever, and hear no one."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    with Workers(tmp_path_factory.mktemp("work"), 1, 4 * GIGABYTE) as started:
        yield started


@pytest.mark.parametrize(
    ("seconds", "task", "arguments", "code"),
    [
        (30, crash, (), "crashed"),
        (0.5, time.sleep, (60,), "slow"),
        (30, fill, (), "memory"),
        (30, refuse, (), "damaged"),
        (30, int, ("sju",), "unexpected"),
    ],
)
def test_a_task_that_goes_wrong_is_told_with_its_remedy_and_the_next_one_is_done(
    workers: Workers, seconds: float, task: Callable[..., object], arguments: tuple[object, ...], code: str
) -> None:
    wait, after = workers.submit(seconds, task, *arguments), workers.submit(30, abs, -7)
    with pytest.raises(Unreadable) as caught:
        wait()
    assert caught.value.code == code
    assert caught.value.cause
    assert caught.value.remedy
    assert after() == 7


@pytest.mark.skipif(sys.platform != "linux", reason="nätspärren är Linux egen; doctor säger var den saknas")
def test_a_worker_and_what_it_starts_reach_no_network(workers: Workers) -> None:
    """A port that listens, and that this process reaches, is refused them: they cannot even make a socket."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        refused = str(errno.EACCES)
        assert workers.submit(30, open_sockets, port)() == [refused] * 4
    assert "når inte nätet" in confinement.check().seen


def test_where_there_is_no_filter_doctor_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "okänd")
    assert "inte avskurna" in confinement.check().seen
    confinement._close_network()  # nothing is closed, nothing falls
    socket.socket().close()


def test_a_worker_writes_no_endless_file_and_leaves_no_image_of_its_memory(workers: Workers, tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        workers.submit(30, write_much, str(tmp_path))()
    assert (tmp_path / "stor").stat().st_size == 0
    assert workers.submit(30, core_limit)() == (0, 0)


def test_the_kernel_ends_a_task_that_the_runs_own_clock_did_not() -> None:
    code = (
        "from pipeline import confinement, workers; from tests.pipeline.test_workers import burn;"
        "confinement.CPU_SPARE = 0; workers._limited(0.5, burn)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, timeout=60, capture_output=True, check=False)
    assert done.returncode == -signal.SIGXCPU


def test_a_worker_writes_to_the_runs_own_folder(workers: Workers) -> None:
    python, environment = workers.submit(30, limits)()
    assert python == environment
    assert "work" in python


def test_the_inline_crew_raises_where_the_result_is_asked_for() -> None:
    wait = Inline().submit(1, refuse)
    with pytest.raises(Unreadable):
        wait()


def test_the_temporary_folder_is_gone_with_the_run_and_what_dead_runs_left_is_swept(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for left in (str(dead.pid), f"{dead.pid}-x", f"{os.getpid()}-x", "skräp"):
        (tmp_path / FOLDER / left).mkdir(parents=True)
        (tmp_path / FOLDER / left / "sida.pgm").write_bytes(b"x")
    running = f"{os.getppid()}-x"
    (tmp_path / FOLDER / running).mkdir()
    with temporary_folder(tmp_path) as folder, temporary_folder(tmp_path) as other:
        assert {path.name for path in folder.parent.iterdir()} == {folder.name, other.name, running}
        (folder / "sida.pgm").write_bytes(b"x")
    assert [path.name for path in (tmp_path / FOLDER).iterdir()] == [running]


def test_a_document_goes_through_real_workers_as_it_does_in_this_process(tmp_path: Path) -> None:
    """The same record comes out, page for page and finding for finding."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PROSE)
    (folder / "b.png").write_bytes(image_bytes([page_image("Nämnden beslutar att avslå motionen om kajen.")], "PNG"))
    records = []
    for crew in (Inline(), None):
        home = tmp_path / f"home-{crew is None}"
        with Store(home, create=True) as store:
            account = run.add(store, home, [folder], Silence(), crew)
            assert account.documents["whole"] == 2
            records.append([store.record(d.id) for d in store.documents()])
        assert not list((home / FOLDER).iterdir())
    assert records[0] == records[1]


RUN = "import sys; from cli import main; sys.argv[1:] = sys.argv[1:]; main()"


def scans(folder: Path, count: int) -> None:
    folder.mkdir()
    for i in range(count):
        (folder / f"{i}.png").write_bytes(image_bytes([page_image(f"Protokoll nummer {i} för nämnden\n" * 5)], "PNG"))


def started(home: Path, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "add", str(folder), "--home", str(home)],
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def children(session: int) -> list[str]:
    """The processes of a session that are still there, by /proc (a minimal system has no ps)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, of, *_ = status.read_text().rpartition(")")[2].split()
            if int(of) == session and state != "Z":
                found.append(status.parent.name)
    return found


def wait_for_page(home: Path) -> None:
    """Wait until a first page has been recognised."""
    until = time.monotonic() + 60
    while not (home / "cache" / "ocr.db").exists() and time.monotonic() < until:
        time.sleep(0.05)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process_and_the_next_one_ends_it(tmp_path: Path, stop: signal.Signals) -> None:
    """Ctrl-C to the run alone, or a kill of the run alone: its workers end too, and pages recognised are kept."""
    home = tmp_path / "home"
    scans(tmp_path / "in", 12)
    going = started(home, tmp_path / "in")
    wait_for_page(home)
    os.kill(going.pid, stop)
    _, err = going.communicate(timeout=60)  # waits until every process that could write to it is gone
    if stop == signal.SIGINT:
        assert going.returncode == 130
        assert "Avbrutet" in err
        assert "Traceback" not in err
    until = time.monotonic() + 15
    while children(going.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert children(going.pid) == []
    with Store(home) as store:
        account = run.add(store, home, [tmp_path / "in"], Silence())
    assert account.documents["failed"] == 0
    assert account.documents["whole"] + account.documents["known"] == 12
    assert {path.name for path in (home / FOLDER).iterdir()} == set()


def test_pages_are_read_by_tasks_that_can_travel() -> None:
    """Tasks are plain functions of a module: what a worker, or another machine, can be sent by name."""
    import pickle

    for task in (tasks.open_file, tasks.read_pages, tasks.recognise_page, tasks.restore_pages, tasks.find):
        assert pickle.loads(pickle.dumps(task)) is task  # noqa: S301
