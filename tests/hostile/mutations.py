"""Sound files broken at random, from a seed: cut short, with bits turned, and put together from two."""

import random
from collections.abc import Iterator

from tests.hostile.sound import sound

CUT, TURNED, SPLICED, HOLED = 7, 10, 6, 4  # of each sound file
HEAD = 64  # bytes at the beginning, where a turned bit tells most


def mutations(seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield broken files with their names; the same ones for the same seed."""
    dice = random.Random(seed)  # noqa: S311 – chance that can be repeated
    files = sound()
    for name, data in files.items():
        stem, _, ending = name.partition(".")
        for number in range(CUT):
            yield f"{stem}-kapad-{number}.{ending}", data[: dice.randrange(1, len(data))]
        for number in range(TURNED):
            yield f"{stem}-bitar-{number}.{ending}", _turned(data, dice, 1 << number)
        for number in range(SPLICED):
            other = files[dice.choice(sorted(files))]
            yield (
                f"{stem}-skarvad-{number}.{ending}",
                data[: dice.randrange(len(data))] + other[dice.randrange(len(other)) :],
            )
        for number in range(HOLED):
            start, length = dice.randrange(len(data)), dice.choice((4, 60, 900))
            filling = dice.choice((b"\x00", b"\xff", b"9", b"(")) * length
            yield f"{stem}-hal-{number}.{ending}", data[:start] + filling + data[start + length :]


def _turned(data: bytes, dice: random.Random, count: int) -> bytes:
    broken = bytearray(data)
    for _ in range(count):
        at = dice.randrange(min(HEAD, len(broken)) if dice.random() < 0.3 else len(broken))
        broken[at] ^= 1 << dice.randrange(8)
    return bytes(broken)
