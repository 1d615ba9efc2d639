"""Build `vectors.npz`, what stems mean by their company: `python -m corpus.swedish.build_vectors ../shared/language`.

Positive pointwise mutual information of stems within five words of one another (contexts smoothed, Levy, Goldberg and
Dagan 2015), cut to its leading dimensions (LSA: Deerwester et al. 1990), each row scaled to bytes. From the same text
as the language model, its held-out documents left out. Needs the extra `model` (scipy). The same inputs give the same
bytes, given the same scipy.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from corpus.swedish.build_model import paragraphs
from corpus.swedish.stems import stem, words

FILE = Path(__file__).with_name("vectors.npz")
LEAST = 12  # how often a stem must stand to have a vector
WINDOW = 5
DIMENSIONS = 96
SMOOTHING = 0.75
OFTEN = 60  # so many of the most common stems are company to everything and tell nothing

Floats = npt.NDArray[np.float32]


def build(folder: Path, file: Path = FILE) -> None:
    """Count, reduce and write."""
    texts = [[stem(word) for word in words(paragraph)] for paragraph in paragraphs(folder)]
    counts = Counter(one for text in texts for one in text)
    kept = [one for one, count in counts.most_common() if count >= LEAST and not one[0].isdigit()]
    number = {one: i for i, one in enumerate(kept)}
    common = _cooccurrence(_numbered(texts, number), len(kept))
    vectors = _reduced(_ppmi(common))
    scale = np.abs(vectors).max(axis=1, keepdims=True)
    packed = np.round(vectors / np.maximum(scale, 1e-9) * 127).astype(np.int8)
    np.savez_compressed(file, stems=np.frombuffer("\n".join(kept).encode(), dtype=np.uint8), vectors=packed)
    sys.stdout.write(f"{file.name}: {len(kept)} stems, {file.stat().st_size / 1e6:.1f} MB\n")


def _numbered(texts: list[list[str]], number: dict[str, int]) -> Iterator[npt.NDArray[np.int32]]:
    for text in texts:
        yield np.array([i for one in text if (i := number.get(one, -1)) >= OFTEN], dtype=np.int32)


def _cooccurrence(texts: Iterator[npt.NDArray[np.int32]], size: int) -> sparse.csr_matrix:
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    rows, columns, values, held = [], [], [], 0
    for text in texts:
        for step in range(1, WINDOW + 1):
            a, b = text[:-step], text[step:]
            rows += [a, b]
            columns += [b, a]
            values.append(np.full(2 * len(a), 1 / step, dtype=np.float32))
            held += 2 * len(a)
        if held > 40_000_000:
            total = total + _matrix(rows, columns, values, size)
            rows, columns, values, held = [], [], [], 0
    return (total + _matrix(rows, columns, values, size)).tocsr()


def _matrix(
    rows: list[npt.NDArray[np.int32]], columns: list[npt.NDArray[np.int32]], values: list[Floats], size: int
) -> sparse.csr_matrix:
    if not rows:
        return sparse.csr_matrix((size, size), dtype=np.float32)
    at = (np.concatenate(rows), np.concatenate(columns))
    return sparse.coo_matrix((np.concatenate(values), at), shape=(size, size), dtype=np.float32).tocsr()


def _ppmi(common: sparse.csr_matrix) -> sparse.csr_matrix:
    matrix = common.tocoo()
    row = np.asarray(common.sum(axis=1)).ravel()
    column = np.asarray(common.sum(axis=0)).ravel() ** SMOOTHING
    expected = row[matrix.row] * column[matrix.col] / column.sum()
    value = np.log(matrix.data / np.maximum(expected, 1e-12))
    keep = value > 0
    return sparse.csr_matrix((value[keep], (matrix.row[keep], matrix.col[keep])), shape=common.shape, dtype=np.float32)


def _reduced(matrix: sparse.csr_matrix) -> Floats:
    start = np.random.default_rng(1).standard_normal(min(matrix.shape))
    u, s, _ = svds(matrix.astype(np.float64), k=DIMENSIONS, v0=start)
    order = np.argsort(-s)
    vectors = u[:, order] * np.sqrt(s[order])
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
