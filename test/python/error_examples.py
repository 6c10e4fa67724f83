"""The examples of docs/errors.md: each a program and the message that it gives.

    python test/python/error_examples.py

writes the messages anew, for a change of messages to be read in the diff.
"""

from __future__ import annotations

import linecache
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from myia import MyiaError

PAGE = Path(__file__).resolve().parents[2] / "docs/errors.md"
SECTION = re.compile(
    r"^## MYIA(?P<code>\d{3}): (?P<title>[^\n]*)\n\n(?P<text>(?:(?!^## |^```).*\n)*?)"
    r"(?:```python\n(?P<program>(?s:.*?))```\n\n```text\n(?P<message>(?s:.*?))```\n|(?=\n## |\Z))",
    re.M,
)


@dataclass(frozen=True)
class Example:
    code: int
    title: str
    text: str
    # None for a code that nothing raises.
    program: str | None
    message: str | None

    @property
    def class_name(self) -> str:
        """The class that the text names first."""
        return re.findall(r"`(\w+)`", self.text)[0]


def read(page: str) -> list[Example]:
    return [
        Example(
            int(match["code"]), match["title"], match["text"], match["program"], match["message"]
        )
        for match in SECTION.finditer(page)
    ]


def run(example: Example) -> MyiaError:
    """The error that the program raises, run as a cell of a notebook is."""
    assert example.program is not None
    name = f"myia{example.code:03}.py"
    linecache.cache[name] = (
        len(example.program),
        None,
        example.program.splitlines(True),
        name,
    )
    namespace: dict[str, Any] = {"__name__": f"myia{example.code:03}"}
    try:
        exec(compile(example.program, name, "exec"), namespace)
    except MyiaError as error:
        return error
    raise AssertionError(f"the example of MYIA{example.code:03} raises nothing")


def shown(error: MyiaError) -> str:
    return f"{error}\n"


def rewrite(page: str) -> str:
    """The page with the messages that its programs give now."""

    def message(match: re.Match[str]) -> str:
        example = read(match[0])[0]
        if example.program is None:
            return match[0]
        start = match[0].rindex("```text\n") + len("```text\n")
        return f"{match[0][:start]}{shown(run(example))}```\n"

    return SECTION.sub(message, page)


if __name__ == "__main__":
    PAGE.write_text(rewrite(PAGE.read_text()))
