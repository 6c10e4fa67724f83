"""Run every program again and write the list of those that the compiler refuses.

    python test/python/programs/update_refused.py [--accept-wrong] [NAME ...]

Programs run in processes of their own, so that a crash or a hang costs one program. Wrong ones are
shown, and with --accept-wrong written to wrong.txt. With names (of programs or of modules) only
these are run and shown, and nothing is written.
"""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
# A program hangs when it has used so much processor time, which a busy machine does not change;
# or when it does nothing at all for as long as nobody waits.
PROCESSOR_SECONDS = 60
WALL_SECONDS = 1800
PROCESSES = 2

REFUSED_HEADER = """\
# Programs that the compiler still refuses.
# Written by test/python/programs/update_refused.py.
"""
WRONG_HEADER = """\
# Programs that the compiler gets wrong, and how. Each is a bug.
# Written by test/python/programs/update_refused.py --accept-wrong.
"""


def serve() -> None:
    """In a process of its own: a name a line comes in, a verdict a line goes out."""
    replies = os.fdopen(os.dup(1), "w")
    from differential import Refused, compare_calls

    from programs import load

    programs = load()
    for line in sys.stdin:
        program = programs[line.strip()]
        # The signal ends the process, inside of compiled code too.
        signal.setitimer(signal.ITIMER_PROF, PROCESSOR_SECONDS)
        verdict, text = "passes", ""
        for call, difference in compare_calls(program):
            if isinstance(difference, Refused):
                if verdict == "passes":
                    verdict, text = "refused", str(difference)
            elif difference is not None:
                verdict, text = "wrong", " ".join(f"{call}: {difference}".split())
                break
        print(json.dumps([verdict, text]), file=replies, flush=True)


class Worker:
    """A process that runs programs, replaced when it dies or hangs."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None

    def run(self, name: str) -> tuple[str, str]:
        if self.process is None:
            self.start()
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(WALL_SECONDS, process.kill)
        timer.start()
        process.stdin.write(name + "\n")
        process.stdin.flush()
        reply = process.stdout.readline()
        timer.cancel()
        if reply:
            verdict, text = json.loads(reply)
            return verdict, text
        self.process = None
        status = process.wait()
        if status in (-signal.SIGPROF, -signal.SIGKILL):
            return "wrong", "hang: it does not end"
        return "wrong", f"crash: the process ended with {status}"

    def start(self) -> None:
        given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        folders = [str(FOLDER.parent), *given, str(ROOT / "python")]
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), "--serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, folders))},
        )

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def run_all(names: list[str]) -> dict[str, tuple[str, str]]:
    """The verdict on every program."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for name in names:
        waiting.put(name)
    verdicts: dict[str, tuple[str, str]] = {}

    def work() -> None:
        worker = Worker()
        while True:
            try:
                name = waiting.get_nowait()
            except queue.Empty:
                worker.stop()
                return
            verdicts[name] = worker.run(name)

    threads = [threading.Thread(target=work) for _ in range(PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return verdicts


def reason(text: str) -> str:
    """The message without what differs from program to program."""
    return re.sub(r"argument '[^']*'", "an argument", re.split(r"; | \[got ", text)[0])


def write(file: str, header: str, lines: list[str]) -> None:
    (FOLDER / file).write_text(header + "".join(line + "\n" for line in sorted(lines)))


def main() -> int:
    sys.path.insert(0, str(FOLDER.parent))
    sys.path.append(str(ROOT / "python"))
    # Imports the compiler too: where that fails, no worker need be started.
    import differential  # noqa: F401

    from programs import load

    selected = [each for each in sys.argv[1:] if not each.startswith("--")]
    names = [
        name
        for name in load()
        if not selected or name in selected or name.split(".")[0] in selected
    ]
    verdicts = run_all(names)
    refused = {name: text for name, (verdict, text) in verdicts.items() if verdict == "refused"}
    wrong = {name: text for name, (verdict, text) in verdicts.items() if verdict == "wrong"}
    for text, count in Counter(reason(text) for text in refused.values()).most_common():
        print(f"{count:4} refused: {text}")
    for name, text in sorted(wrong.items()):
        print(f"     wrong: {name}: {text}")
    passing = len(verdicts) - len(refused) - len(wrong)
    print(f"{passing} pass, {len(refused)} are refused, {len(wrong)} are wrong")
    if selected:
        return int(bool(wrong))
    write("refused.txt", REFUSED_HEADER, list(refused))
    if "--accept-wrong" in sys.argv:
        write("wrong.txt", WRONG_HEADER, [f"{name}: {text}" for name, text in wrong.items()])
    return int(bool(wrong) and "--accept-wrong" not in sys.argv)


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve()
    else:
        sys.exit(main())
