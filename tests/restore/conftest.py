"""What the restoration tests share: the folder of records and gold beside the project."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of records and gold beside the project; the tests that need it are left out where it is not."""
    folder = Path(__file__).parents[3] / "shared"
    if not folder.is_dir():
        pytest.skip("the folder `shared` is not beside the project")
    return folder
