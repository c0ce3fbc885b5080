#!/usr/bin/env python3
"""Measures the pictures of `grounds` beside those of Graphviz' `dot`, on the same graphs with the same boxes.

    python3 benches/pictures.py [--quick] [--binary target/release/grounds]

The graphs are trees with 15 % shared links and texts of 80 characters, in several shapes and from several seeds.
`grounds render -f layout` gives boxes and routes; `dot` gets the same boxes with fixed sizes. Times are whole
processes of one run. A second table has the shapes of the pictures of `maps/` for every page. Exit code 1 says
that a target was missed.
"""
import argparse
import glob
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
WORDS = "bridge council traffic budget river school report quarter market closure winter safety survey".split()
# Boxes: time, crossings and length at most so many times those of `dot`, and the aspect ratio.
TARGETS = {20: (0.5, 1, 1.0, 2), 200: (0.5, 1, 0.7, 3), 2000: (0.2, 1, 0.5, 4), 10_000: (None, None, None, 4)}
SECONDS_10_000, MIB_10_000 = 2.0, 300
PAGES = {"a4": 1 / math.sqrt(2), "a4-landscape": math.sqrt(2), "16:9": 16 / 9}


# Graphs

PARENTS = {
    "three each": lambda dice, i: (i - 1) // 3,
    "five each": lambda dice, i: (i - 1) // 5,
    "bushy": lambda dice, i: dice.randrange(max(1, i // 3)),
    "any": lambda dice, i: dice.randrange(i),
    "flat": lambda dice, i: 0 if dice.random() < 0.7 else dice.randrange(i),
    "linked": lambda dice, i: (i - 1) // 3,
}


def graph(shape, count, seed):
    """The premises of every statement: a tree, and then 15 % more edges."""
    dice = random.Random(f"{shape} {count} {seed}")
    premises = [[] for _ in range(count)]
    for child in range(1, count):
        premises[PARENTS[shape](dice, child)].append(child)
    left = count * 15 // 100
    while left:
        premise = dice.randrange(1, count)
        target = dice.randrange(premise)
        if premise not in premises[target]:
            premises[target].append(premise)
            left -= 1
    return premises


def map_of(shape, premises, seed):
    """The YAML of a map; in linked ones the first two premises of a statement count together."""
    dice = random.Random(seed)
    lines = []
    for index, below in enumerate(premises):
        words = [f"Statement {index} says that"]
        while len(" ".join(words)) < 80:
            words.append(dice.choice(WORDS))
        words = " ".join(words)[:80].strip()
        start = ["thesis:", "  id: s0", f"  claim: {words}"] if index == 0 else [f"  s{index}:", f"    text: {words}"]
        lines += start
        indent = "  " if index == 0 else "    "
        pair, rest = (below[:2], below[2:]) if shape == "linked" and len(below) > 1 else ([], below)
        if below:
            lines.append(f"{indent}reasons:")
        if pair:
            lines.append(f"{indent}  - premises: [{', '.join(f's{it}' for it in pair)}]")
        lines += [f"{indent}  - s{it}" for it in rest]
        if index == 0:
            lines.append("claims:")
    return "\n".join(lines) + "\n"


def dot_of(picture):
    """The same graph for `dot`, boxes with the sizes that they have here."""
    lines = ["digraph {", '  rankdir=BT; node [shape=box, fixedsize=true, label=""]']
    for node in picture["nodes"]:
        size = f"width={node['width'] / 72:.5f}, height={node['height'] / 72:.5f}"
        junction = node.get("kind") == "junction"
        lines.append(f'  "{node["id"]}" [{"shape=point, width=0.05" if junction else size}]')
    lines += [f'  "{edge["from"]}" -> "{edge["to"]}"' for edge in picture["edges"]]
    return "\n".join(lines + ["}"]) + "\n"


# Measuring

def bezier(p, steps=8):
    """A B-spline of Graphviz (1 + 3 n control points) as a polyline."""
    line = [p[0]]
    for i in range(0, len(p) - 3, 3):
        for k in range(1, steps + 1):
            t = k / steps
            parts = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t ** 3)
            line.append(tuple(sum(w * q[axis] for w, q in zip(parts, p[i:i + 4])) for axis in (0, 1)))
    return line


def ours(picture):
    boxes = {it["id"]: (it["x"], it["y"], it["x"] + it["width"], it["y"] + it["height"]) for it in picture["nodes"]}
    return boxes, [(it["from"], it["to"], [tuple(p) for p in it["points"]]) for it in picture["edges"]]


def theirs(picture):
    boxes, names, edges = {}, {}, []
    for it in picture.get("objects", []):
        x, y = map(float, it["pos"].split(","))
        w, h = float(it["width"]) * 36, float(it["height"]) * 36
        names[it["_gvid"]] = it["name"]
        boxes[it["name"]] = (x - w, y - h, x + w, y + h)
    for it in picture.get("edges", []):
        points, tips = [], {}
        for word in it["pos"].split():
            if word[:2] in ("s,", "e,"):
                tips[word[0]] = tuple(map(float, word[2:].split(",")))
            else:
                points.append(tuple(map(float, word.split(","))))
        line = [tips[end] for end in "s" if end in tips] + bezier(points) + [tips[end] for end in "e" if end in tips]
        edges.append((names[it["tail"]], names[it["head"]], line))
    return boxes, edges


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def enters(box, a, b):
    """Whether a leg enters a box that is shrunk by a unit (Liang and Barsky)."""
    start, end = 0.0, 1.0
    for axis in (0, 1):
        low, high, way = box[axis] + 1, box[axis + 2] - 1, b[axis] - a[axis]
        if low >= high:
            return False
        if abs(way) < 1e-9:
            if not low < a[axis] < high:
                return False
            continue
        first, second = sorted(((low - a[axis]) / way, (high - a[axis]) / way))
        start, end = max(start, first), min(end, second)
        if start >= end:
            return False
    return True


def cells(x0, y0, x1, y1, size=200.0):
    for i in range(int(x0 // size), int(x1 // size) + 1):
        for j in range(int(y0 // size), int(y1 // size) + 1):
            yield i, j


def overlaps(boxes, grid):
    found = set()
    for names in grid.values():
        for i, one in enumerate(names):
            for other in names[i + 1:]:
                p, q = boxes[one], boxes[other]
                if all(p[k] + 1 < q[k + 2] - 1 and q[k] + 1 < p[k + 2] - 1 for k in (0, 1)):
                    found.add((min(one, other), max(one, other)))
    return len(found)


def crossings(edges, legs):
    """Pairs of edges that cross; edges with a common end may touch within 12 units of it."""
    found = set()
    for here in legs.values():
        for i, (k, a, b) in enumerate(here):
            for m, c, d in here[i + 1:]:
                if k == m or (min(k, m), max(k, m)) in found or not cross(a, b, c, d):
                    continue
                if set(edges[k][:2]) & set(edges[m][:2]):
                    ends = (edges[k][2][0], edges[k][2][-1])
                    if min(math.dist(end, p) for end in ends for p in (a, b)) < 12:
                        continue
                found.add((min(k, m), max(k, m)))
    return len(found)


def measure(boxes, edges, count_crossings=True):
    grid, legs = defaultdict(list), defaultdict(list)
    for name, box in boxes.items():
        for cell in cells(*box):
            grid[cell].append(name)
    length, through = 0.0, set()
    for k, (start, end, line) in enumerate(edges):
        for a, b in zip(line, line[1:]):
            length += math.dist(a, b)
            for cell in cells(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])):
                legs[cell].append((k, a, b))
                through |= {(k, n) for n in grid.get(cell, ()) if n not in (start, end) and enters(boxes[n], a, b)}
    width = max(it[2] for it in boxes.values()) - min(it[0] for it in boxes.values())
    height = max(it[3] for it in boxes.values()) - min(it[1] for it in boxes.values())
    return {
        "overlaps": overlaps(boxes, grid),
        "through": len(through),
        "crossings": crossings(edges, legs) if count_crossings else 0,
        "length": length,
        "ratio": width / height,
    }


# Running

def run(words, times=1, limit=280):
    """What a program writes, its least seconds and its peak memory in MiB."""
    least, memory, output = math.inf, 0, b""
    for _ in range(times):
        start = time.perf_counter()
        # Without a hook in the child: that would copy this whole process, for as long as a small map takes.
        child = subprocess.Popen(words, stdout=subprocess.PIPE)
        resource.prlimit(child.pid, resource.RLIMIT_CPU, (limit, limit))
        output = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        least, memory = min(least, time.perf_counter() - start), max(memory, usage.ru_maxrss / 1024)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{' '.join(words)} ended with {child.returncode}")
    return output, least, memory


class Table:
    def __init__(self):
        self.missed = 0

    def word(self, value, target, form="{:.2f}"):
        missed = value > target
        self.missed += missed
        return form.format(value) + ("!" if missed else " ")


def compare(grounds, table, shape, count, seed, folder):
    """Prints one graph's row; returns its crossings, those of `dot`, and its length against that of `dot`."""
    path = os.path.join(folder, "map.yaml")
    with open(path, "w") as file:
        file.write(map_of(shape, graph(shape, count, seed), seed))
    times = {20: 20, 200: 5}.get(count, 1)
    output, seconds, memory = run([grounds, "render", "-f", "layout", path], times)
    picture = json.loads(output)
    boxes, edges = ours(picture)
    it = measure(boxes, edges, count <= 2000)
    time_limit, crossing_limit, length_limit, ratio_limit = TARGETS[count]
    faults = table.word(it["overlaps"], 0, "{}") + table.word(it["through"], 0, "{}")
    ratio = table.word(max(it["ratio"], 1 / it["ratio"]), ratio_limit)
    if count > 2000:
        words = [table.word(seconds, SECONDS_10_000) + "s", table.word(memory, MIB_10_000, "{:.0f}") + "MiB"]
        print(f"{count:>6} {shape:<11}{seed:>3} {' '.join(words):>17} {faults:>7} {'':>16} {'':>7} {ratio:>6}")
        return None
    with open(os.path.join(folder, "map.dot"), "w") as file:
        file.write(dot_of(picture))
    output, dot_seconds, _ = run(["dot", "-Tjson", file.name], times)
    dot = measure(*theirs(json.loads(output)))
    crossed = table.word(it["crossings"], crossing_limit * dot["crossings"], "{}") + f"/ {dot['crossings']}"
    took = table.word(seconds / dot_seconds, time_limit)
    length = table.word(it["length"] / dot["length"], length_limit)
    took = f"{seconds * 1000:.1f} ms = {took}"
    print(f"{count:>6} {shape:<11}{seed:>3} {took:>17} {faults:>7} {crossed:>16} {length:>7} {ratio:>6}")
    return it["crossings"], dot["crossings"], it["length"] / dot["length"]


def summary(count, compared):
    """All graphs of one size: their crossings together, and the mean of their lengths."""
    ours, theirs, lengths = zip(*compared)
    crossed = f"{sum(ours)} / {sum(theirs)}"
    print(f"{count:>6} {'together':<14} {'':>17} {'':>7} {crossed:>16} {sum(lengths) / len(lengths):>6.2f}")


def pages(grounds):
    print(f"\n{'page':<14} {'aimed at':>8}  width to height over maps/: least, middle, most")
    maps = sorted(glob.glob(os.path.join(TOP, "maps", "*.yaml")))
    for page, aim in [*PAGES.items(), ("none", None)]:
        ratios = []
        for path in maps:
            boxes, edges = ours(json.loads(run([grounds, "render", "-f", "layout", "--fit", page, path])[0]))
            if len(boxes) > 5:
                ratios.append(measure(boxes, edges, False)["ratio"])
        ratios.sort()
        words = ", ".join(f"{it:.2f}" for it in (ratios[0], ratios[len(ratios) // 2], ratios[-1]))
        print(f"{page:<14} {'' if aim is None else f'{aim:.2f}':>8}  {words} ({len(ratios)} maps)")


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--quick", action="store_true", help="20 and 200 boxes only")
    words.add_argument("--binary", help="the program; it is built if this is left out")
    words = words.parse_args()
    grounds = words.binary
    if grounds is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=TOP, check=True)
        about = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=TOP, check=True,
                               stdout=subprocess.PIPE).stdout
        grounds = os.path.join(json.loads(about)["target_directory"], "release", "grounds")
    table = Table()
    print("! marks a missed target; time, crossings and length are against `dot`")
    print(f"{'boxes':>6} {'shape':<11}{'no':>3} {'time':>17} {'faults':>7} {'crossings':>16} {'length':>7} {'aspect':>6}")
    with tempfile.TemporaryDirectory() as folder:
        # As installed: what a linker has just written lies in the cache in small pieces and starts a third later.
        grounds = shutil.copy(grounds, folder)
        for count in TARGETS:
            if words.quick and count > 200:
                continue
            compared = []
            for shape in PARENTS if count <= 2000 else ["three each", "bushy"]:
                for seed in range(1, 4 if count == 20 else 3 if count == 200 else 2):
                    compared.append(compare(grounds, table, shape, count, seed, folder))
            if count <= 2000:
                summary(count, compared)
        pages(grounds)
    print(f"\n{table.missed} targets missed" if table.missed else "\nall targets met")
    return 1 if table.missed else 0


if __name__ == "__main__":
    sys.exit(main())
