"""What the tests of docs/language.md share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from myia import MyiaError, myia


def planned(reason: str) -> pytest.MarkDecorator:
    """A row that does not hold yet; once it does, the test fails until this is taken away."""
    return pytest.mark.xfail(reason=reason, strict=True)


def refused(kind: type[MyiaError], function: Callable[..., Any], *args: Any) -> str:
    """The text that the refusal underlines."""
    with pytest.raises(kind) as caught:
        myia(function)(*args)
    assert caught.value.code is not None
    lines = str(caught.value).splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() and set(line.strip()) == {"^"})
    first = lines[at].index("^")
    return lines[at - 1][first : first + lines[at].count("^")]
