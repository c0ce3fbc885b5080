#!/usr/bin/env python3
"""Times `grounds convert` beside arguebuf and `argdown json` on the same files, as whole processes.

    python3 benches/importers.py CORPORA [--arguebuf PYTHON] [--argdown CLI]

PYTHON is an interpreter that has arguebuf, CLI the `cli.js` of the npm package @argdown/cli; what is not named is
skipped. Builds the release binary first. Each figure is the least of several runs. Exit code 1 says that all files of
the corpora together took a second or more.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
LIMIT = 1.0

# Reads each file and writes arguebuf's own JSON, in one process.
ARGUEBUF = """
import io, logging, os, sys
import arguebuf
logging.disable(logging.WARNING)
out, *paths = sys.argv[1:]
for path in paths:
    with open(path, encoding="utf-8") as file:
        load = {".json": arguebuf.load.json, ".txt": arguebuf.load.kialo}.get(os.path.splitext(path)[1])
        graph = load(file) if load else arguebuf.load.microtexts(io.BytesIO(file.read().encode()))
    arguebuf.dump.file(graph, os.path.join(out, os.path.basename(path) + ".json"))
"""


def seconds(words, times=3):
    """The least time of a process, which may say what it loses and where it gives up, but must write files."""
    found = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as out:
            start = time.perf_counter()
            ended = subprocess.run([it.replace("OUT", out) for it in words], capture_output=True, text=True)
            found.append(time.perf_counter() - start)
            if not os.listdir(out):
                sys.exit(f"{words[:3]} wrote nothing:\n{ended.stderr}")
    return min(found)


def files_of(folder, ending):
    found = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names]
    return sorted(path for path in found if path.endswith(ending))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("corpora")
    arguments.add_argument("--arguebuf", metavar="PYTHON")
    arguments.add_argument("--argdown", metavar="CLI")
    args = arguments.parse_args()
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=TOP, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(TOP, "target"))
    grounds = os.path.join(target, "release", "grounds")
    rows = []

    def compare(name, paths, other, command, format):
        mine = seconds([grounds, "convert", "-f", format, "-o", "OUT/", *paths])
        theirs = seconds(command) if command else None
        rows.append((name, len(paths), mine, other, theirs))

    corpora = lambda *names: [os.path.join(args.corpora, name) for name in names]
    groups = {
        "AIF": ["aif-araucaria", "aif-qt30", "aif-us2016"],
        "arg-microtexts": ["microtexts"],
        "Kialo": ["kialo"],
    }
    for name, folders in groups.items():
        paths = [path for folder in corpora(*folders) for path in files_of(folder, (".json", ".xml", ".txt"))]
        command = args.arguebuf and [args.arguebuf, "-c", ARGUEBUF, "OUT", *paths]
        compare(name, paths, "arguebuf", command, "arguebuf")
    folder = os.path.join(args.corpora, "argdown")
    command = args.argdown and ["node", args.argdown, "json", os.path.join(folder, "*.argdown"), "OUT"]
    compare("Argdown", files_of(folder, ".argdown"), "argdown json", command, "json")
    print(f"{'files':>5}  {'format':<15} {'grounds':>9}  {'other':<13} {'seconds':>8} {'ratio':>7}")
    for name, n, mine, other, theirs in rows:
        beside = f"{theirs:8.3f} {theirs / mine:6.0f}×" if theirs else " skipped"
        print(f"{n:>5}  {name:<15} {mine:>7.3f} s  {other:<13} {beside}")
    everything = seconds([grounds, "convert", "-f", "yaml", "-o", "OUT", args.corpora])
    n_files = len(files_of(args.corpora, ""))
    print(f"{n_files:>5}  {'everything':<15} {everything:>7.3f} s  limit {LIMIT} s")
    return 0 if everything < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
