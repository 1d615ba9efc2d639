"""How near two stems are in meaning: by the company they keep (`vectors.npz`, made by `build_vectors`).

A stem that was never counted is looked up by its parts: `nattbemanning` lies between `natt` and `bemanning`.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.swedish.compounds import parts
from corpus.swedish.stems import stem

FILE = Path(__file__).with_name("vectors.npz")
Floats = npt.NDArray[np.float32]


def nearness(ones: Sequence[str], others: Sequence[str]) -> Floats:
    """Return the cosine of every one of some stems with every one of others: (ones, others), 0 where one is unknown."""
    return _matrix(ones) @ _matrix(others).T


def _matrix(stems: Sequence[str]) -> Floats:
    rows = [_vector(one) for one in stems]
    return np.stack(rows) if rows else np.zeros((0, _held()[1].shape[1]), dtype=np.float32)


@lru_cache(maxsize=50_000)
def _vector(one: str) -> Floats:
    numbers, vectors = _held()
    found = [numbers[one]] if one in numbers else [numbers[p] for p in map(stem, parts(one)) if p in numbers]
    total = np.asarray(vectors[found], dtype=np.float32).sum(axis=0)
    norm = float(np.linalg.norm(total))
    return np.asarray(total / norm if norm else total, dtype=np.float32)


@cache
def _held() -> tuple[dict[str, int], npt.NDArray[np.int8]]:
    with np.load(FILE) as held:
        stems = bytes(held["stems"]).decode().split("\n")
        return {one: i for i, one in enumerate(stems)}, held["vectors"]
