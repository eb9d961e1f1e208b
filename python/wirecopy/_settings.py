"""Arguments that all functions share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Progress = Callable[[str, int, int], object]


def settings(**given: Any) -> str:
    """What the compiled part takes: the settings that were given, as JSON."""
    return json.dumps({name: value for name, value in given.items() if value is not None})
