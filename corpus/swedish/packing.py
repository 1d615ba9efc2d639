"""How the numbers and words of `model.npz` are packed so that they take little room and open fast."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

MODEL = Path(__file__).with_name("model.npz")
STEP = 12.0  # levels per nat: a byte then reaches e⁻²¹ in steps of a twelfth

Bytes = npt.NDArray[np.uint8]


def pack_words(words: list[str]) -> Bytes:
    """One word a line, as UTF-8."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpack_words(packed: Bytes) -> list[str]:
    """Return what `pack_words` packed."""
    return packed.tobytes().decode().split("\n")


def pack_levels(log_values: npt.NDArray[np.float64]) -> Bytes:
    """Pack logs of probabilities and of back-off weights (which may lie a little above 0) into a byte each."""
    return np.clip(np.rint(-log_values * STEP) + STEP, 0, 255).astype(np.uint8)


def unpack_levels(packed: Bytes) -> npt.NDArray[np.float32]:
    """Return what `pack_levels` packed, to the nearest level."""
    return ((STEP - np.arange(256)) / STEP).astype(np.float32)[packed]


def pack_planes(numbers: npt.NDArray[np.int64]) -> Bytes:
    """Pack numbers below 2²⁴ byte by byte, low bytes first: like compresses better beside like."""
    return np.stack([(numbers >> shift & 255).astype(np.uint8) for shift in (0, 8, 16)])


def unpack_planes(packed: Bytes) -> npt.NDArray[np.int64]:
    """Return what `pack_planes` packed."""
    low, middle, high = (plane.astype(np.int64) for plane in packed)
    return np.asarray(low | middle << 8 | high << 16)


@cache
def stored(file: str = MODEL.name) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of a committed file."""
    with np.load(MODEL.with_name(file), allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}
