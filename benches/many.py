#!/usr/bin/env python3
"""Time and memory of a run for each file, on 2,000 files and on ten times as many.

    benches/many.py BINARY CORPUS

copies the Dockerfiles and Compose files of CORPUS under different names into a temporary folder, lints 2,000 of them and
20,000 of them, and prints wall time and peak memory for each. Both should grow as the number of files does: the
program fails when a file costs more than half again as much among 20,000.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

SIZES = (2_000, 20_000)
RUNS = 3


def copies(corpus: pathlib.Path, target: pathlib.Path, count: int) -> None:
    """Fills a folder with files, each in a folder of its own, so that no two are one project."""
    files = sorted(path for path in corpus.rglob("*") if path.is_file() and is_linted(path.name))
    for number in range(count):
        source = files[number % len(files)]
        name = "compose.yaml" if source.suffix in (".yml", ".yaml") else "Dockerfile"
        folder = target / f"{number // 100:03}" / f"{number % 100:02}"
        folder.mkdir(parents=True)
        shutil.copyfile(source, folder / name)


def is_linted(name: str) -> bool:
    lower = name.lower()
    return "dockerfile" in lower and not lower.endswith("ignore") or lower.endswith((".yml", ".yaml"))


def measure(binary: str, folder: pathlib.Path) -> tuple[float, int]:
    """Seconds, and peak memory in kilobytes."""
    start = time.perf_counter()
    args = [binary, "check", "--no-config", "--format", "json", str(folder)]
    child = subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"the run ended with {status}")
    return seconds, usage.ru_maxrss


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, corpus = sys.argv[1], pathlib.Path(sys.argv[2])
    per_file = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            copies(corpus, pathlib.Path(folder), size)
            results = [measure(binary, pathlib.Path(folder)) for _ in range(RUNS)]
        seconds, memory = min(seconds for seconds, _ in results), min(memory for _, memory in results)
        per_file.append((seconds / size, memory / size))
        print(
            f"{size:6} files: {seconds:6.2f} s, {memory / 1024:6.1f} MB; "
            f"{seconds / size * 1e6:5.0f} us and {memory / size:5.2f} KB a file"
        )
    (time_few, memory_few), (time_many, memory_many) = per_file
    if time_many > 1.5 * time_few or memory_many > 1.5 * memory_few:
        sys.exit("a file among many costs more than one among few")


if __name__ == "__main__":
    main()
