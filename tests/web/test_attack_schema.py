"""Attacks by machine: schemathesis asks for everything our own description allows, and for what it does not.

Whatever is asked, the answer is no fault of ours and is as described: its status, its type, its shape.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from tests.web.conftest import HOSTS
from web.app import create
from web.openapi import PARAMETERS, PATHS, TEXT
from web.security import HEADERS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TRIES = 25  # of each path, well-formed and not


def can_be_wrong(path: str) -> bool:
    """Whether a path takes anything that not every text is."""
    return any(PARAMETERS[name][0] != TEXT for name in (*re.findall(r"{(\w+)}", path), *PATHS[path].asked))


ASKED = [(path, GenerationMode.POSITIVE) for path in sorted(PATHS)]
ASKED += [(path, GenerationMode.NEGATIVE) for path in sorted(PATHS) if can_be_wrong(path)]


@pytest.fixture(scope="module")
def schema(samples_home: Path) -> BaseSchema:
    """The description as the application over the sample corpus tells it."""
    return schemathesis.openapi.from_asgi("/openapi.json", create(samples_home, HOSTS))


@pytest.fixture(scope="module")
def held(page: TestClient) -> Mapping[str, list[str]]:
    """What the sample library has, to be put where a part of a path is drawn: most of what is drawn is not there."""
    documents = page.get("/sok.json?q=plan").json()["hits"]
    questions = page.get("/fragor.json").json()["items"]
    parties = page.get("/partier.json").json()["items"]
    return {
        "document": [str(one["id"]) for one in documents],
        "page": ["1"],
        "id": [one["id"] for one in questions],
        "code": [one["code"] for one in parties],
    }


@pytest.mark.parametrize(("path", "mode"), ASKED)
def test_whatever_is_asked_is_answered_as_described(
    schema: BaseSchema, held: Mapping[str, list[str]], path: str, mode: GenerationMode
) -> None:
    operation = schema[path]["GET"]

    @settings(
        max_examples=TRIES, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans(), which=st.integers(0, 1000))
    def asked(case: Case[Any], which: int, *, there: bool) -> None:
        within: dict[str, Any] = case.path_parameters or {}
        if there:
            within |= {name: held[name][which % len(held[name])] for name in within}
        answer = case.call_and_validate(checks=CHECKS)
        assert {name.lower() for name in HEADERS} <= set(answer.headers)

    asked()
