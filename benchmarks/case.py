"""What a workload hands to the runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """A program with its arguments bound; `run()` returns its value."""

    name: str
    run: Callable[[], Any]
