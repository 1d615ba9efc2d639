"""A line of the timeline, and what its sources do not agree on."""

from dataclasses import dataclass
from typing import Literal

from corpus.dates import When
from index.holdings import Source


@dataclass(frozen=True, slots=True)
class Said:
    """What some sources say of what is in dispute – a time, a figure – as it is shown."""

    what: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        places = dict.fromkeys(f"{source.file} s. {source.page}" for source in self.sources)
        return f"{self.what} ({', '.join(places)})"


@dataclass(frozen=True, slots=True)
class Difference:
    """That sources tell one happening with times or figures that cannot all be true; which is right, it does not say.

    `said` is every version with its sources, in order of time; all the lines it concerns hold the same difference.
    """

    about: Literal["time", "figure"]
    said: tuple[Said, ...]

    def __str__(self) -> str:
        return f"Uppgifterna skiljer sig: {', '.join(map(str, self.said))}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline: `kind` is an action of `vocabulary/events.toml`, or a kind of document."""

    when: When
    kind: str
    text: str
    sources: tuple[Source, ...]
    about_plan: bool = False
    differs: tuple[Difference, ...] = ()

    @property
    def dispute(self) -> str:
        """What its sources and others do not agree on, in words; empty where nothing is known to differ."""
        return " ".join(f"{difference}." for difference in self.differs)
