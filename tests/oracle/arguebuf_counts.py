#!/usr/bin/env python3
"""Compares what `grounds` reads of AIF, arg-microtexts and Kialo with what arguebuf reads of the same files.

    python3 tests/oracle/arguebuf_counts.py CORPORA [--grounds target/debug/grounds] [--verbose]

For each file: how many claims, supports, attacks, rephrases and undercuts there are; and, as all three formats name
their claims, between which of them. arguebuf (PyPI) shares no code with `grounds`. Where the two are known to differ,
`KNOWN` says why, and what arguebuf reads is adjusted by that rule alone. Any other difference is printed, and the exit
code is 1.
"""
import argparse
import collections
import graphlib
import io
import json
import logging
import os
import re
import subprocess
import sys
import tempfile

KINDS = "claims supports attacks rephrases undercuts".split()

# Why what arguebuf reads is adjusted, by the name of the rule.
KNOWN = {
    "no premise": "a step without premises says nothing, so a map has none; `grounds` counts it as lost",
    "no conclusion": "the same for a step without a conclusion",
    "several conclusions": "a step into several nodes becomes a step into each",
    "twice": "the same premise or conclusion twice is one",
    "attack on a rephrase": "a map has no place for objections to a restatement; `grounds` counts them as lost",
    "step on a step": "only attacks lead to steps; supports and rephrases of steps are counted as lost",
    "locution": "a locution that is a premise or a conclusion is a claim; arguebuf leaves it out",
    "stanceless": "claims without a stance under a Kialo question are its theses; arguebuf has them restate it",
}


def pairs(premises, targets):
    return [(tuple(sorted(set(premises))), target) for target in dict.fromkeys(targets)]


def theirs(graph, notes):
    """The claims and the steps of a graph of arguebuf, as a map would say them."""
    import arguebuf

    kinds = {arguebuf.Support: "supports", arguebuf.Attack: "attacks", arguebuf.Rephrase: "rephrases"}
    claims = {node.id for node in graph.atom_nodes.values()}
    said = collections.Counter()
    into, out = collections.defaultdict(list), collections.defaultdict(list)
    for edge in graph.edges.values():
        into[edge.target.id].append(edge.source.id)
        out[edge.source.id].append(edge.target.id)
    steps = {id: kinds.get(type(node.scheme)) for id, node in graph.scheme_nodes.items()}
    premises = {id: [it for it in into[id] if it in claims] for id in steps}
    attacked = {id: [it for it in dict.fromkeys(out[id]) if it in steps] for id in steps}
    concluded = {id: [it for it in dict.fromkeys(out[id]) if it in claims] for id in steps}
    n_inferences = {}  # what a step becomes: one for each claim, and for each inference of a step that it attacks
    for id in graphlib.TopologicalSorter(attacked).static_order():
        is_attack = steps[id] == "attacks"
        through = sum(n_inferences[it] for it in attacked[id]) if is_attack else 0
        is_inference = premises[id] and steps[id] in ("supports", "attacks")
        n_inferences[id] = len(concluded[id]) + through if is_inference else 0

    for id, kind in steps.items():
        targets = concluded[id]
        if not premises[id]:
            notes["no premise"] += kind is not None
            continue
        if len(set(premises[id])) < len(premises[id]) or len(set(out[id])) < len(out[id]):
            notes["twice"] += 1
        if not targets and not attacked[id]:
            notes["no conclusion"] += 1
        notes["several conclusions"] += len(targets) > 1
        for pair in pairs(premises[id], targets):
            if kind == "rephrases":
                said.update((kind, (premise,), pair[1]) for premise in pair[0])
            elif kind:
                said[(kind, *pair)] += 1
        for step in attacked[id]:
            if kind != "attacks":
                notes["step on a step"] += 1
            elif steps[step] == "rephrases":
                notes["attack on a rephrase"] += 1
            else:
                said[("undercuts", tuple(sorted(set(premises[id]))), "a step")] += n_inferences[step]
    return claims, +said


def ours(document):
    """The same of what `grounds convert -f json` writes."""
    claims = {it["id"] for it in document["statements"]}
    said = collections.Counter()
    for it in document["inferences"]:
        kind = "supports" if it["polarity"] == "reason" else "attacks"
        target = it["target"].get("statement", "a step")
        said[("undercuts" if target == "a step" else kind, tuple(sorted(it["premises"])), target)] += 1
    for it in document["statements"]:
        said.update(("rephrases", (it["id"],), original) for original in dict.fromkeys(it.get("restates", [])))
    return claims, said


def without_locutions(path, notes):
    """AIF in which locutions that are premises or conclusions of steps are propositions."""
    document = json.load(open(path, encoding="utf-8"))
    kinds = {node["nodeID"]: node["type"] for node in document["nodes"]}
    spoken = set()
    for edge in document["edges"]:
        for one, other in (("fromID", "toID"), ("toID", "fromID")):
            if kinds.get(edge[one]) == "L" and kinds.get(edge[other]) in ("RA", "CA", "MA"):
                spoken.add(edge[one])
    for node in document["nodes"]:
        if node["nodeID"] in spoken:
            node["type"] = "I"
            notes["locution"] += 1
    return document


def load(path, notes):
    import arguebuf

    if path.endswith(".json"):
        return arguebuf.load.aif(without_locutions(path, notes))
    if path.endswith(".xml"):
        with open(path, "rb") as file:
            return arguebuf.load.microtexts(file)
    with open(path, encoding="utf-8") as file:
        graph = arguebuf.load.kialo(io.StringIO(file.read()))
    for node in list(graph.scheme_nodes.values()):
        if isinstance(node.scheme, arguebuf.Rephrase):
            notes["stanceless"] += 1
            graph.remove_node(node)
    return graph


def renamed(claims, said):
    """Kialo's numbers as `grounds` has them, without the dot at the end."""
    short = lambda id: id.rstrip(".")
    return {short(it) for it in claims}, collections.Counter(
        {(kind, tuple(sorted(map(short, premises))), short(target)): n for (kind, premises, target), n in said.items()}
    )


def counts(claims, said):
    found = collections.Counter(claims=len(claims))
    for (kind, _, _), n in said.items():
        found[kind] += n
    return [found[kind] for kind in KINDS]


def files_of(corpora):
    folders = sorted(os.listdir(corpora))
    picked = [it for it in folders if it.startswith("aif-") or it in ("microtexts", "kialo")]
    paths = [os.path.join(corpora, it, name) for it in picked for name in os.listdir(os.path.join(corpora, it))]
    return sorted(path for path in paths if re.search(r"\.(json|xml|txt)$", path))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("corpora")
    arguments.add_argument("--grounds", default="target/debug/grounds")
    arguments.add_argument("--verbose", action="store_true", help="print the counts of every file")
    args = arguments.parse_args()
    logging.disable(logging.WARNING)  # arguebuf warns of each edge that it leaves out
    paths = files_of(args.corpora)
    notes, totals, n_differ = collections.Counter(), [0] * len(KINDS), 0
    with tempfile.TemporaryDirectory() as folder:
        command = [args.grounds, "convert", "-f", "json", "-o", folder, args.corpora]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for path in paths:
            place = os.path.join(folder, os.path.relpath(path, args.corpora))
            with open(os.path.splitext(place)[0] + ".json", encoding="utf-8") as file:
                mine = ours(json.load(file))
            other = theirs(load(path, notes), notes)
            if path.endswith(".txt"):
                other = renamed(*other)
            mine_counts, their_counts = counts(*mine), counts(*other)
            totals = [total + n for total, n in zip(totals, mine_counts)]
            if args.verbose:
                print(path, dict(zip(KINDS, mine_counts)))
            if mine == other:
                continue
            n_differ += 1
            print(f"{path}: grounds {dict(zip(KINDS, mine_counts))}, arguebuf {dict(zip(KINDS, their_counts))}")
            for title, more, less in (("grounds", mine, other), ("arguebuf", other, mine)):
                extra = sorted(more[0] - less[0]) + sorted((more[1] - less[1]).elements())
                for it in extra[:5]:
                    print(f"  only {title}: {it}")
    print(f"{len(paths)} files: " + ", ".join(f"{n} {kind}" for kind, n in zip(KINDS, totals)))
    for rule, n in sorted(notes.items()):
        if n:
            print(f"known difference, {n} times: {rule}: {KNOWN[rule]}")
    print(f"{n_differ} files differ otherwise")
    return 1 if n_differ or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
