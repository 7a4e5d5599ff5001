"""What the dialogues are played with: the knowledge in service and the real understanding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from aiguilleur.knowledge import Knowledge, load, root


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(root())


@pytest.fixture(scope="session")
def understand() -> Callable[[str], Mapping[str, Any]]:
    from aiguilleur.nlu.understander import current

    return current().understand
