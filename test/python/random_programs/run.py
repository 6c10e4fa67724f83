"""Look for programs that the compiler gets wrong.

    python test/python/random_programs/run.py [--programs 10000] [--seed 0] [--processes 2]

The first wrong program of every process is shown, as small as Hypothesis makes it; a program that
ends its process, or that runs for minutes, as it is. With --refused, the refusals are counted too.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
# The processor time that one program may take.
SECONDS = 60


@dataclass
class Result:
    """What became of the programs of a process, and the wrong one that ended it."""

    outcomes: Counter[str]
    wrong: str

    def count(self, outcome: str) -> int:
        return sum(n for name, n in self.outcomes.items() if name.partition(":")[0] == outcome)


class Wrong(Exception):
    """A program that the compiler gets wrong."""


def search(programs: int, seed: int, last: Path) -> Result:
    """Run random programs in this process, each written to a file before."""
    from hypothesis import HealthCheck, Phase, assume, given, settings
    from hypothesis import seed as seeded

    from random_programs.runner import Unsuitable, run
    from random_programs.whole import RandomProgram, random_programs

    outcomes: Counter[str] = Counter()

    @seeded(seed)
    @settings(
        max_examples=programs,
        database=None,
        deadline=None,
        print_blob=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(random_programs())
    def look(program: RandomProgram) -> None:
        last.write_text(str(program))
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            outcome = run(program)
        except Unsuitable:
            assume(False)
        else:
            if isinstance(outcome, str):
                raise Wrong(f"{program}\n{outcome}")
            outcomes["right" if outcome is None else f"refused: {outcome}"] += 1

    try:
        look()
    except Wrong as error:
        return Result(outcomes, str(error))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return Result(outcomes, "")


def search_in_processes(programs: int, seed: int, processes: int) -> Result:
    """As `search`, in several processes: one of them may die."""
    with tempfile.TemporaryDirectory() as folder:
        started: list[tuple[Path, subprocess.Popen[str]]] = []
        for number in range(processes):
            last = Path(folder) / str(number)
            words = ["--programs", programs // processes, "--seed", seed + number, "--in", last]
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__)), *map(str, words)],
                stdout=subprocess.PIPE,
                text=True,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            started.append((last, process))
        outcomes: Counter[str] = Counter()
        wrong: list[str] = []
        for last, process in started:
            reply = process.communicate()[0].strip().splitlines()
            if process.returncode or not reply:
                shown = last.read_text() if last.exists() else "no program"
                wrong.append(f"{shown}\nthe process ended with {process.returncode}")
            else:
                found = json.loads(reply[-1])
                outcomes.update(found["outcomes"])
                wrong += [found["wrong"]] * bool(found["wrong"])
    return Result(outcomes, "\n\n".join(wrong))


def search_path() -> list[str]:
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return [str(FOLDER.parent), *filter(None, given), str(ROOT / "python")]


def main() -> int:
    parser = argparse.ArgumentParser(description="Look for programs that are compiled wrong.")
    parser.add_argument("--programs", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--refused", action="store_true", help="show the refusals, counted")
    parser.add_argument("--in", dest="last", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.last:
        found = search(options.programs, options.seed, options.last)
        print(json.dumps({"outcomes": found.outcomes, "wrong": found.wrong}))
        return 0
    found = search_in_processes(options.programs, options.seed, options.processes)
    if options.refused:
        for outcome, number in found.outcomes.most_common():
            print(f"{number:6} {outcome}")
    print(f"{found.count('right')} right, {found.count('refused')} refused")
    if found.wrong:
        print(f"\n{found.wrong}")
    return int(bool(found.wrong))


if __name__ == "__main__":
    sys.path[:0] = search_path()
    sys.exit(main())
