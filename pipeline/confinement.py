"""What a worker is denied: the network, and more processor time, memory and disk than a task may need.

The network is closed by a seccomp filter (Linux): no program in the worker, Tesseract included, can open a socket. It
takes no rights, no other process and no time. Where there is none (macOS), `aktspar doctor` says so.
"""

import ctypes
import errno
import platform
import resource
import sys
from contextlib import suppress

from corpus.checks import Check

FILE_BYTES = 8 << 30  # the largest file a worker writes to is the cache of recognised pages
CPU_FACTOR, CPU_SPARE = 2, 5  # of a task's seconds, and so many more: the run's own clock strikes first

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER = 2  # SECCOMP_MODE_FILTER
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EACCES  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of the kernel's packet filter
_AT_CALL, _AT_MACHINE = 0, 4  # where a call's number and its machine stand in what the filter is shown
_FOREIGN = 0x40000000  # calls of x86's third kind are numbered from here
_IO_URING_SETUP = 425  # opens sockets too
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}  # the machine as the kernel calls it; its number


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def confine(memory: int) -> None:
    """Confine this process and whatever it starts, for good: `memory` is bytes of address space."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    _limit(resource.RLIMIT_AS, memory)  # macOS has no such limit
    if sys.platform == "linux":
        _close_network()


def allow_seconds(seconds: float) -> None:
    """Let this process work so many seconds more; past them the kernel ends it, should the run's own clock have not."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(used.ru_utime + used.ru_stime + CPU_FACTOR * seconds + CPU_SPARE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (until if most == resource.RLIM_INFINITY else min(until, most), most))


def end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    if sys.platform == "linux":
        import signal

        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def check() -> Check:
    """Tell, for `aktspar doctor`, whether the readers are shut off from the network."""
    closed = "läsarna når inte nätet"
    if sys.platform == "linux" and _can_close_network():
        return Check("nätspärr", ok=True, seen=closed)
    return Check("nätspärr", ok=True, seen="finns inte på det här systemet: läsarna är inte avskurna från nätet")


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _prctl(option: int, *arguments: object) -> int:
    """Ask the kernel; return 0, or the number of the error."""
    library = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if library.prctl(option, *arguments) else 0


def _can_close_network() -> bool:
    """Tell whether the kernel takes filters: asked with none, it says that it cannot read it."""
    return platform.machine() in _SOCKET and _prctl(_PR_SET_SECCOMP, _FILTER, None, 0, 0) == errno.EFAULT


def _close_network() -> None:
    if platform.machine() not in _SOCKET:
        return
    machine, socket = _SOCKET[platform.machine()]
    denied = 5  # steps from the first to the one that denies, counted down by each
    steps = (
        _Step(_LOAD, 0, 0, _AT_MACHINE),
        _Step(_IF_EQUAL, 0, denied, machine),
        _Step(_LOAD, 0, 0, _AT_CALL),
        _Step(_IF_AT_LEAST, denied - 2, 0, _FOREIGN),
        _Step(_IF_EQUAL, denied - 3, 0, socket),
        _Step(_IF_EQUAL, denied - 4, 0, _IO_URING_SETUP),
        _Step(_RETURN, 0, 0, _ALLOW),
        _Step(_RETURN, 0, 0, _DENY),
    )
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
