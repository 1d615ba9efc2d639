"""Corrections of corrections: two rounds over a text told as one, in places of the original."""

from collections.abc import Sequence

from corpus.records import Correction, apply_corrections


def composed(text: str, first: Sequence[Correction], second: Sequence[Correction]) -> tuple[Correction, ...]:
    """Return one list for `first` on `text` and then `second` on its result; those that touch become one."""
    if not first or not second:
        return tuple(first or second)
    merged: list[Correction] = []
    shift = i = j = 0
    while i < len(first) or j < len(second):
        at = min([c.start + shift for c in first[i : i + 1]] + [c.start for c in second[j : j + 1]])
        group_first, group_second, end, new_shift = _group(first[i:], second[j:], at, shift)
        i, j = i + group_first, j + group_second
        merged.append(
            _one(text, first[i - group_first : i], second[j - group_second : j], (at, end), (shift, new_shift))
        )
        shift = new_shift
    return tuple(c for c in merged if c.before != c.after)


def _group(first: Sequence[Correction], second: Sequence[Correction], at: int, shift: int) -> tuple[int, int, int, int]:
    """Return how many of each overlap from `at` on, where they end in the middle text, and the shift after them."""
    i = j = 0
    end = at
    while True:
        if i < len(first) and (first[i].start + shift < end or first[i].start + shift == at):
            shift += len(first[i].after) - len(first[i].before)
            end = max(end, first[i].end + shift)
            i += 1
        elif j < len(second) and (second[j].start < end or second[j].start == at):
            end = max(end, second[j].end)
            j += 1
        else:
            return i, j, end, shift


def _one(
    text: str,
    first: Sequence[Correction],
    second: Sequence[Correction],
    middle: tuple[int, int],
    shifts: tuple[int, int],
) -> Correction:
    start, end = middle[0] - shifts[0], middle[1] - shifts[1]
    before = text[start:end]
    between = apply_corrections(before, [_moved(c, -start) for c in first])
    after = apply_corrections(between, [_moved(c, -middle[0]) for c in second])
    confidence = min(c.confidence for c in (*first, *second))
    return Correction(start, end, before, after, (*second, *first)[-1].rule, confidence)


def _moved(c: Correction, by: int) -> Correction:
    return Correction(c.start + by, c.end + by, c.before, c.after, c.rule, c.confidence)
