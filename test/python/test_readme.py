"""The README's example prints what the README says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_example(tmp_path):
    blocks = re.findall(r"```(\w*)\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    program = next(text for language, text in blocks if language == "python")
    expected = next(text for language, text in blocks if not language)
    script = tmp_path / "example.py"
    script.write_text(program)
    ran = subprocess.run(
        [sys.executable, str(script)],
        env={"PYTHONPATH": str(ROOT / "python")} | os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == expected, ran.stderr
