#!/usr/bin/env python3
"""Times `grounds` as whole processes on generated maps and prints times, memory and their ratios.

    python3 benches/ratios.py

Builds the release binary first. Each figure is the least of several runs, and the ratios are of figures of one run of
this script, because machines differ and are shared.
"""
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
SIZES = [100, 1_000, 10_000, 100_000]
LIMITS = {100: 0.010, 10_000: 0.15}
MEMORY_LIMIT_10_000 = 40


def cargo(*words, **how):
    return subprocess.run(["cargo", *words], cwd=TOP, check=True, text=True, **how)


def target_folder():
    import json

    about = cargo("metadata", "--format-version", "1", "--no-deps", stdout=subprocess.PIPE).stdout
    return json.loads(about)["target_directory"]


def run(words):
    """Seconds and peak memory in MiB of one process."""
    start = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{words} failed")
    return took, usage.ru_maxrss / 1024


def best(words, times):
    runs = [run(words) for _ in range(times)]
    return min(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def main():
    cargo("build", "--release", "--quiet")
    grounds = os.path.join(target_folder(), "release", "grounds")
    empty, _ = best([grounds, "--version"], 20)
    print(f"process start (--version): {empty * 1000:.1f} ms")
    print(f"{'statements':>10} {'seconds':>8} {'MiB':>6} {'µs each':>8} {'to the size before':>19}  limit")
    before = None
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        for n in SIZES:
            path = os.path.join(folder, f"{n}.yaml")
            with open(path, "w") as file:
                cargo("bench", "--quiet", "--bench", "generate", "--", str(n), stdout=file)
            seconds, memory = best([grounds, "check", path], 3 if n >= 100_000 else 10)
            ratio = f"{seconds / before:.1f} ×" if before else ""
            kept = seconds <= LIMITS.get(n, float("inf")) and (n != 10_000 or memory <= MEMORY_LIMIT_10_000)
            missed |= not kept
            limit = f"{LIMITS[n]} s" if n in LIMITS else ""
            verdict = "" if n not in LIMITS else "kept" if kept else "MISSED"
            each = seconds / n * 1e6
            print(f"{n:>10} {seconds:>8.3f} {memory:>6.0f} {each:>8.2f} {ratio:>19}  {limit} {verdict}")
            before = seconds
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
