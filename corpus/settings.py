"""The library's settings: `config.toml` in its folder, with the default for everything it does not say."""

import json
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import platformdirs

from corpus import durable
from corpus.errors import WrongUse

FILE = "config.toml"

EngineName = Literal["whoosh", "tantivy"]
ENGINES = ("auto", *get_args(EngineName))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a library can be told. `ocr_language` is a Tesseract language; mixing in `eng` loses dots.

    `engine` is what searches; `auto` lets the size of the library decide.
    """

    ocr_language: str = "swe"
    ocr_dpi: int = 300
    workers: int = 0  # 0: one per core
    worker_megabytes: int = 4096  # address space a worker may use
    timeline_from: int = 2015
    engine: EngineName | Literal["auto"] = "auto"


def default_home() -> Path:
    """Return the library used when none is named: the user's data folder."""
    return Path(platformdirs.user_data_dir("aktspar", appauthor=False))


def load(home: Path) -> Settings:
    """Read the library's settings. Raises WrongUse for an unknown name or a value of the wrong kind."""
    path = home / FILE
    if not path.exists():
        return Settings()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} går inte att läsa: {error}", "Rätta filen eller ta bort den.") from error
    return Settings(**{name: _checked(name, value) for name, value in held.items()})


def store(home: Path, name: str, text: str) -> Settings:
    """Set one value, given as text, and return the settings as they now are."""
    value = _checked(name, int(text) if text.isdecimal() else text)
    settings = Settings(**{**asdict(load(home)), name: value})
    home.mkdir(parents=True, exist_ok=True)
    durable.write(home / FILE, _toml(settings).encode())
    return settings


def _checked(name: str, value: Any) -> Any:
    kinds = {f.name: type(f.default) for f in fields(Settings)}
    if name not in kinds:
        raise WrongUse(f"Det finns ingen inställning som heter {name}.", f"Välj bland {', '.join(kinds)}.")
    if type(value) is not kinds[name] or (isinstance(value, int) and value < 0):
        raise WrongUse(f"{name} ska vara {'ett tal' if kinds[name] is int else 'text'}, inte {value!r}.", "")
    if name == "engine" and value not in ENGINES:
        raise WrongUse(f"Det finns ingen sökmotor som heter {value}.", f"Välj bland {', '.join(ENGINES)}.")
    return value


def _toml(settings: Settings) -> str:
    lines = [
        f"{k} = {v}" if isinstance(v, int) else f"{k} = {json.dumps(v, ensure_ascii=False)}"
        for k, v in asdict(settings).items()
    ]
    return "\n".join(lines) + "\n"
