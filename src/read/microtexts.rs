//! The arg-microtexts' XML, as `docs/formats/microtexts.md` describes it.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};
use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::Draft;
use super::net::{Net, NodeKind, Step, StepKind};
use super::{Format, Reading, walk};
use crate::model::{ForeignFault, Polarity, Problem, ProblemKind, Statement, Text};
use crate::source::{FileId, SourceFile, Span, Spanned, single_spaced};

/// Reads the whole file.
///
/// `roxmltree` refuses entities that refer to each other or that unfold without end, and reads no other file.
pub(super) fn read(format: Format, name: &str, bytes: Vec<u8>) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let mut draft = Draft::new(format);
    draft.recoded(FileId::default(), recoded);
    let start = file.content_start();
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    match Document::parse_with_options(&file.text()[start..], options) {
        Ok(document) => {
            draft.problems = walk::faults(&file, not_text, Vec::new());
            let mut import = Import {
                draft: &mut draft,
                start,
                segments: FxHashMap::default(),
            };
            import.graph(document.root_element());
        }
        Err(error) => {
            let problem = malformed(format, &file, &error);
            draft.problems = walk::faults(&file, not_text, vec![problem]);
        }
    }
    draft.finish(file)
}

fn malformed(format: Format, file: &SourceFile, error: &roxmltree::Error) -> Problem {
    let place = error.pos();
    let line = (place.row as usize).clamp(1, file.n_lines());
    let range = file.line_range(line);
    let text = &file.text()[range.clone()];
    let column = text
        .char_indices()
        .nth(place.col.saturating_sub(1) as usize);
    let offset = range.start + column.map_or(text.len(), |(at, _)| at);
    let offset = u32::try_from(offset).expect("files over 256 MiB are refused");
    let span = Span {
        file: FileId::default(),
        start: offset,
        end: offset,
    };
    // The message ends with the place, which the finding has already.
    let why = error.to_string();
    let why = why.rsplit_once(" at ").map_or(&*why, |(why, _)| why);
    let kind = ProblemKind::Foreign {
        format: format.title(),
        fault: ForeignFault::Malformed {
            language: "XML",
            why: why.to_owned(),
        },
    };
    Problem { span, kind }
}

struct Import<'d> {
    draft: &'d mut Draft,
    /// Where the XML starts in the file.
    start: usize,
    /// The texts of segments, and of joints of them, by their ids.
    segments: FxHashMap<String, Segment>,
}

/// A piece of the text, and whether the annotators supplied it.
#[derive(Clone)]
struct Segment {
    text: Text,
    implicit: bool,
}

/// An edge between a node and what it is about.
struct Edge {
    name: Text,
    kind: Text,
    source: Text,
    target: Text,
}

impl Import<'_> {
    fn graph(&mut self, root: Node<'_, '_>) {
        self.about(root);
        let (mut units, mut edges) = (Vec::new(), Vec::new());
        for node in root.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "edu" => self.segment(node),
                "joint" | "adu" => {}
                "edge" => edges.extend(self.edge(node)),
                _ => self.lose("elements that the format does not have", self.span(node)),
            }
        }
        for node in elements(root, "adu") {
            units.extend(self.attribute(node, "`id`").map(|name| (name, node)));
        }
        let parts = self.parts(root, &edges);
        let mut statements = Vec::new();
        for (name, node) in units {
            statements.push((name.clone(), self.statement(&name, node, &parts)));
        }
        self.draft.settle();
        let mut net = Net::default();
        for (name, kind) in statements {
            net.node(self.draft, &name, kind);
        }
        self.edges(&mut net, edges);
        net.finish(self.draft);
    }

    fn about(&mut self, root: Node<'_, '_>) {
        let topic = root.attribute_node("topic_id").map(|topic| Spanned {
            value: topic.value().replace('_', " "),
            span: self.range(topic.range_value()),
        });
        self.draft.map.about.title = topic.filter(|topic| !topic.value.trim().is_empty());
        if let Some(stance) = root.attribute_node("stance") {
            let span = self.range(stance.range());
            self.lose("stances towards the topic", span);
        }
    }

    fn segment(&mut self, node: Node<'_, '_>) {
        let Some(name) = self.attribute(node, "`id`") else {
            return;
        };
        let texts = node.descendants().filter(Node::is_text);
        let words: String = texts.filter_map(|text| text.text()).collect();
        let segment = Segment {
            text: Spanned {
                value: single_spaced(&words),
                span: self.span(node),
            },
            implicit: node.attribute("implicit") == Some("true"),
        };
        self.segments.insert(name.value, segment);
    }

    /// The segments of each unit, in the order of the text.
    fn parts(&mut self, root: Node<'_, '_>, edges: &[Edge]) -> BTreeMap<String, Vec<Segment>> {
        let segmentation = edges.iter().filter(|edge| edge.kind.value == "seg");
        let segmentation: Vec<&Edge> = segmentation.collect();
        let joints = elements(root, "joint").filter_map(|node| node.attribute("id"));
        let joints: FxHashSet<&str> = joints.collect();
        // A joint's segments lead to the joint, and the joint to its unit.
        let mut unit_of: FxHashMap<&str, &str> = FxHashMap::default();
        for edge in &segmentation {
            unit_of.insert(&edge.source.value, &edge.target.value);
        }
        let mut parts: BTreeMap<String, Vec<Segment>> = BTreeMap::new();
        for edge in segmentation {
            let source = &*edge.source.value;
            if joints.contains(source) {
                continue;
            }
            let target = &*edge.target.value;
            let unit = unit_of.get(target).filter(|_| joints.contains(target));
            let Some(segment) = self.segments.get(source).cloned() else {
                self.draft.undefined(&edge.source, "segment");
                continue;
            };
            let unit = unit.copied().unwrap_or(target).to_owned();
            parts.entry(unit).or_default().push(segment);
        }
        for segments in parts.values_mut() {
            segments.sort_by_key(|segment| segment.text.span);
        }
        parts
    }

    fn statement(
        &mut self,
        name: &Text,
        node: Node<'_, '_>,
        parts: &BTreeMap<String, Vec<Segment>>,
    ) -> NodeKind {
        let segments = parts
            .get(&name.value)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let words: Vec<&str> = segments
            .iter()
            .map(|segment| &*segment.text.value)
            .collect();
        let text = Spanned {
            value: words.join(" "),
            span: segments
                .first()
                .map_or(name.span, |segment| segment.text.span),
        };
        if text.value.is_empty() {
            let what = format!("the text of unit `{}`", name.value);
            self.draft
                .problem(name.span, ProblemKind::EmptyText { what });
        }
        if let [_, second, ..] = segments {
            self.lose("boundaries of segments", second.text.span);
        }
        let side = node
            .attribute_node("type")
            .filter(|side| side.value() == "opp");
        let tag = side.map(|side| Spanned {
            value: "opponent".to_owned(),
            span: self.range(side.range_value()),
        });
        let statement = Statement {
            span: self.span(node),
            text,
            implicit: segments.iter().any(|segment| segment.implicit),
            tags: tag.into_iter().collect(),
            ..Statement::default()
        };
        NodeKind::Statement(self.draft.statement(name, statement))
    }

    fn edge(&mut self, node: Node<'_, '_>) -> Option<Edge> {
        Some(Edge {
            name: self.attribute(node, "`id`")?,
            kind: self.attribute(node, "`type`")?,
            source: self.attribute(node, "`src`")?,
            target: self.attribute(node, "`trg`")?,
        })
    }

    /// Each edge of support or attack is a step, so that others can attack it or add to it, wherever they stand.
    fn edges(&mut self, net: &mut Net, edges: Vec<Edge>) {
        let is_step = |edge: &&Edge| !matches!(&*edge.kind.value, "seg" | "add");
        for edge in edges.iter().filter(is_step) {
            let polarity = match &*edge.kind.value {
                "sup" | "exa" => Polarity::Pro,
                "reb" | "und" => Polarity::Con,
                _ => {
                    self.lose(
                        "edges of kinds that the format does not have",
                        edge.kind.span,
                    );
                    net.node(self.draft, &edge.name, NodeKind::Other);
                    continue;
                }
            };
            let scheme = (edge.kind.value == "exa").then(|| Spanned {
                value: "example".to_owned(),
                span: edge.kind.span,
            });
            let step = Step {
                scheme,
                ..Step::plain(StepKind::Inference(polarity))
            };
            net.node(self.draft, &edge.name, NodeKind::Step(step));
        }
        for edge in edges {
            match &*edge.kind.value {
                "seg" => {}
                "add" => net.edge(self.draft, &edge.source, &edge.target),
                _ => {
                    net.edge(self.draft, &edge.source, &edge.name);
                    net.edge(self.draft, &edge.name, &edge.target);
                }
            }
        }
    }

    /// An attribute that must be there.
    fn attribute(&mut self, node: Node<'_, '_>, part: &'static str) -> Option<Text> {
        let name = part.trim_matches('`');
        if let Some(attribute) = node
            .attribute_node(name)
            .filter(|it| !it.value().is_empty())
        {
            return Some(Spanned {
                value: attribute.value().to_owned(),
                span: self.range(attribute.range_value()),
            });
        }
        let fault = ForeignFault::Missing {
            part,
            owner: "element",
            name: Some(node.tag_name().name().to_owned()),
        };
        let span = self.span(node);
        self.draft.fault(span, fault);
        None
    }

    fn lose(&mut self, what: &'static str, span: Span) {
        self.draft.losses.add(what, span);
    }

    fn span(&self, node: Node<'_, '_>) -> Span {
        self.range(node.range())
    }

    fn range(&self, range: std::ops::Range<usize>) -> Span {
        let offset = |at| u32::try_from(self.start + at).expect("files over 256 MiB are refused");
        Span {
            file: FileId::default(),
            start: offset(range.start),
            end: offset(range.end),
        }
    }
}

fn elements<'a, 'i>(root: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    root.children().filter(move |node| node.has_tag_name(name))
}
