#!/usr/bin/env node
// Compares what `grounds` reads of Argdown's source with what Argdown's own parser makes of it.
//
//     node tests/oracle/argdown.mjs ARGDOWN_CLI FOLDER|FILE… [--grounds target/debug/grounds]
//
// ARGDOWN_CLI is `cli.js` of the npm package @argdown/cli. For each file the statements with their wordings, titles and
// tags, the arguments, the relations and every inference of every premise-conclusion structure must be the same. What a
// map says otherwise than Argdown does is said in `docs/formats/argdown.md`, and done here to Argdown's model by those
// rules. Any other difference is printed, and the exit code is 1.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";

/** Words on one line, without the tags at the end, which are compared by themselves. */
const plain = (text) =>
  text
    .replace(/@\[([^\]]*)\]|@<([^>]*)>/g, "$1$2")
    .replace(/(\s*#(\([^)]*\)|[\p{L}\p{N}_-]+))+\s*$/u, "")
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");

/** The wordings of a node, each once. */
const wordings = (node) => [...new Set(node.members.map((it) => plain(it.text ?? "")).filter(Boolean))];

const isUntitled = (title) => /^Untitled \d+$/.test(title);

/** What a statement, or an argument that is only described, becomes. */
function claim(node) {
  const words = wordings(node);
  const label = isUntitled(node.title) || !words.length ? undefined : node.title;
  return { text: words[0] ?? node.title, more: words.slice(1), label, tags: [...(node.tags ?? [])].sort() };
}

/** What Argdown's model says, as statements and steps between their texts. */
function theirs(model) {
  const statements = [],
    steps = [],
    contradictions = [];
  const ofStatement = {},
    ofArgument = {},
    lastStep = {},
    conclusions = {},
    groups = {};
  const walk = (sections) =>
    sections.forEach((it) => {
      groups[it.id] = it.isGroup === false ? undefined : it.title;
      walk(it.children ?? []);
    });
  walk(model.sections ?? []);
  for (const [title, node] of Object.entries(model.statements)) {
    ofStatement[title] = claim(node);
    statements.push(ofStatement[title]);
  }
  const isReconstructed = (argument) => (argument.pcs ?? []).some((it) => it.inference);
  for (const [title, argument] of Object.entries(model.arguments)) {
    if (!isReconstructed(argument)) {
      ofArgument[title] = claim(argument);
      statements.push(ofArgument[title]);
      continue;
    }
    let start = 0;
    argument.pcs.forEach((item, at) => {
      if (!item.inference) return;
      const uses = item.inference.data?.uses;
      const used = uses
        ? argument.pcs.filter((_, index) => uses.map(Number).includes(index + 1))
        : argument.pcs.slice(start, at);
      start = at;
      const premises = used.map((it) => ofStatement[it.title].text).sort();
      const scheme = item.inference.inferenceRules?.[0];
      const step = {
        premises,
        polarity: "reason",
        target: ofStatement[item.title].text,
        scheme,
        label: argument.title,
      };
      steps.push(step);
      (conclusions[title] ??= {})[at] = step;
      lastStep[title] = step;
    });
  }
  const lastConclusion = (title) =>
    ofStatement[model.arguments[title].pcs.findLast((it) => it.inference).title];
  const from = ({ from, fromType }) =>
    fromType === "argument" ? (ofArgument[from] ?? lastConclusion(from)) : ofStatement[from];
  const seen = new Set(),
    against = premiseAttacks(model, isReconstructed);
  for (const relation of model.relations) {
    const key = JSON.stringify([
      relation.relationType,
      relation.from,
      relation.fromType,
      relation.to,
      relation.toType,
      relation.conclusionIndex,
    ]);
    if (seen.has(key)) continue;
    seen.add(key);
    const source = from(relation);
    if (["contrary", "contradictory"].includes(relation.relationType)) {
      const other = ofStatement[relation.to] ?? ofArgument[relation.to];
      contradictions.push([source.text, other.text].sort().join(" >< "));
      continue;
    }
    if (
      relation.relationType === "attack" &&
      relation.toType === "argument" &&
      against.has(`${relation.from}\n${relation.to}`)
    )
      continue;
    const polarity = ["support", "entails"].includes(relation.relationType) ? "reason" : "objection";
    let target;
    if (relation.toType === "inference") target = conclusions[relation.to]?.[relation.conclusionIndex];
    else if (relation.toType === "argument")
      target = ofArgument[relation.to] ?? (polarity === "objection" ? lastStep[relation.to] : undefined);
    else target = ofStatement[relation.to];
    // A conclusion is for itself already.
    if (target && target !== source)
      steps.push({ premises: [source.text], polarity, target: target.premises ? target : target.text });
  }
  return said(statements, steps, contradictions);
}

/** Attacks on arguments by statements that attack a premise of theirs, too: one of both is enough. */
function premiseAttacks(model, isReconstructed) {
  const users = {};
  for (const [title, argument] of Object.entries(model.arguments))
    for (const item of isReconstructed(argument) ? argument.pcs : [])
      if (!item.inference) (users[item.title] ??= []).push(title);
  const found = new Set();
  for (const { relationType, from, fromType, to, toType } of model.relations) {
    if (fromType === "argument" || toType !== "equivalence-class") continue;
    const isMutual = ["contrary", "contradictory"].includes(relationType);
    if (isMutual || relationType === "attack")
      for (const user of users[to] ?? []) found.add(`${from}\n${user}`);
    if (isMutual) for (const user of users[from] ?? []) found.add(`${to}\n${user}`);
  }
  return found;
}

/** The same of what `grounds convert -f json` writes. */
function ours(map, groups) {
  const byId = Object.fromEntries(map.statements.map((it) => [it.id, it]));
  const stepById = Object.fromEntries(map.inferences.map((it) => [it.id, it]));
  const statements = map.statements.map((it) => ({
    text: plain(it.text),
    more: (it.note ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => plain(line.replace(/^In other words: /, ""))),
    label: it.label,
    tags: (it.tags ?? []).filter((tag) => !groups.has(tag)).sort(),
  }));
  const texts = (ids) => ids.map((id) => plain(byId[id].text)).sort();
  const steps = map.inferences.map((it) => {
    const { statement, inference } = it.target;
    const isReconstructed = it.label !== undefined || it.scheme !== undefined || it.premises.length > 1;
    const base = { premises: texts(it.premises), polarity: it.polarity };
    if (statement) base.target = plain(byId[statement].text);
    else
      base.target = {
        premises: texts(stepById[inference].premises),
        target: plain(byId[stepById[inference].target.statement].text),
      };
    return isReconstructed ? { ...base, scheme: it.scheme, label: it.label } : base;
  });
  const pairs = map.statements.flatMap((it) =>
    (it.contradicts ?? []).map((id) => texts([it.id, id]).join(" >< ")),
  );
  return said(statements, steps, pairs);
}

/** Lines that can be compared. */
function said(statements, steps, contradictions) {
  const scheme = (name) =>
    name &&
    name
      .replace(/^argument (from )?/i, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "");
  const label = (name) => (name && !isUntitled(name) ? ` in <${name}>` : "");
  const target = (it) =>
    typeof it === "string" ? it : `the step ${JSON.stringify(it.premises)} to ${it.target}`;
  return [
    ...statements.map(
      (it) =>
        `statement ${it.label ? `[${it.label}] ` : ""}${[it.text, ...it.more.sort()].join(" | ")} ${it.tags.map((tag) => `#${tag}`).join(" ")}`,
    ),
    ...steps.map(
      (it) =>
        `${it.polarity} ${JSON.stringify(it.premises)} ${scheme(it.scheme) ?? ""} for ${target(it.target)}${label(it.label)}`,
    ),
    ...[...new Set(contradictions)].map((pair) => `contradiction ${pair}`),
  ]
    .map((line) => line.trim())
    .sort();
}

const without = (some, others) => {
  const left = new Map();
  others.forEach((it) => left.set(it, (left.get(it) ?? 0) + 1));
  return some.filter((it) => {
    const n = left.get(it) ?? 0;
    left.set(it, n - 1);
    return n <= 0;
  });
};

function main() {
  const words = process.argv.slice(2);
  const at = words.indexOf("--grounds");
  const grounds = at < 0 ? "target/debug/grounds" : words.splice(at, 2)[1];
  const [cli, ...paths] = words;
  const isArgdown = (name) => [".argdown", ".ad"].includes(extname(name));
  const files = paths.flatMap((path) =>
    statSync(path).isDirectory()
      ? readdirSync(path)
          .filter(isArgdown)
          .sort()
          .map((name) => join(path, name))
      : [path],
  );
  const folder = mkdtempSync(join(tmpdir(), "argdown-"));
  let nDiffer = 0,
    nLines = 0;
  for (const file of files) {
    const { status, stderr } = spawnSync("node", [cli, "json", file, folder], { encoding: "utf8" });
    if (status !== 0) {
      console.log(`${file}: Argdown refuses it: ${stderr.trim()}`);
      nDiffer += 1;
      continue;
    }
    const model = JSON.parse(readFileSync(join(folder, `${basename(file, extname(file))}.json`), "utf8"));
    const map = JSON.parse(
      execFileSync(grounds, ["convert", "-f", "json", file], {
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 1 << 30,
      }),
    );
    const groups = new Set();
    const walk = (sections) =>
      sections.forEach((it) => {
        groups.add(it.title);
        walk(it.children ?? []);
      });
    walk(model.sections ?? []);
    const [mine, other] = [ours(map, groups), theirs(model)];
    const [more, less] = [without(mine, other), without(other, mine)];
    nLines += mine.length;
    nDiffer += more.length || less.length ? 1 : 0;
    more.forEach((line) => console.log(`${file}: only grounds: ${line}`));
    less.forEach((line) => console.log(`${file}: only argdown: ${line}`));
  }
  rmSync(folder, { recursive: true });
  console.log(
    `${files.length} files with ${nLines} statements, steps and contradictions: ${nDiffer} files differ`,
  );
  process.exitCode = nDiffer || !files.length ? 1 : 0;
}

main();
