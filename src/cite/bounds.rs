//! What a CSL file must be before it is carried out: XML of its kind, and something that comes to an end soon.

use rustc_hash::FxHashMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::style::StyleFault;
use crate::model::near::nearest;

/// How many elements, texts and comments the XML may have.
const MAX_NODES: u32 = 200_000;
/// How deep elements may nest, those of macros counted where they are used.
const MAX_DEPTH: usize = 200;
/// How many elements may be carried out, those of macros counted wherever they are used.
const MAX_ELEMENTS: usize = 200_000;
/// The longest attribute, in bytes.
const MAX_ATTRIBUTE_BYTES: usize = 1000;

const TOO_DEEP: StyleFault = StyleFault::TooLarge("its elements nest over 200 deep");
const TOO_MANY: StyleFault =
    StyleFault::TooLarge("it would carry out over 200 000 elements for one work");
const TOO_LONG: StyleFault = StyleFault::TooLarge("one of its attributes has over 1000 bytes");

/// A macro, or all that is in none.
#[derive(Default)]
struct Part<'x> {
    name: &'x str,
    /// In document order, so that children come after their parents.
    elements: Vec<Element<'x>>,
}

struct Element<'x> {
    /// The element around it in the same part.
    parent: Option<usize>,
    /// How deep in its part.
    depth: usize,
    /// Whether only one of its children is carried out.
    is_choice: bool,
    /// The macro that it uses.
    uses: Option<&'x str>,
}

/// How much is carried out where a part is used.
#[derive(Clone, Copy, Default)]
struct Size {
    n_elements: usize,
    depth: usize,
}

/// Refuses what is no style by its outermost element, and what would run in a circle or too long; linear in the text.
pub(super) fn examine(text: &str) -> Result<(), StyleFault> {
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| StyleFault::NotXml(error.to_string()))?;
    let root = document.root_element();
    if root.tag_name().name() != "style" {
        return Err(StyleFault::NotStyle(root.tag_name().name().to_owned()));
    }
    within_bounds(&parts(&document)?)
}

/// The macros, after what is in none.
fn parts<'x>(document: &'x Document<'_>) -> Result<Vec<Part<'x>>, StyleFault> {
    let mut parts = vec![Part::default()];
    // Of each node its part, and which element of it.
    let mut places: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for node in document.descendants().filter(Node::is_element) {
        let above = node.parent().map(|parent| parent.id().get_usize());
        let above = above.and_then(|parent| places.get(&parent)).copied();
        let (mut part, mut parent) = above.map_or((0, None), |(part, at)| (part, Some(at)));
        if part == 0 && node.tag_name().name() == "macro" {
            (part, parent) = (parts.len(), None);
            parts.push(Part {
                name: node.attribute("name").unwrap_or_default(),
                elements: Vec::new(),
            });
        }
        let elements = &mut parts[part].elements;
        places.insert(node.id().get_usize(), (part, elements.len()));
        let depth = parent.map_or(0, |parent| elements[parent].depth) + 1;
        if depth > MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        let is_long = |value: &str| value.len() > MAX_ATTRIBUTE_BYTES;
        if node
            .attributes()
            .any(|attribute| is_long(attribute.value()))
        {
            return Err(TOO_LONG);
        }
        elements.push(Element {
            parent,
            depth,
            is_choice: node.tag_name().name() == "choose",
            uses: node.attribute("macro"),
        });
    }
    Ok(parts)
}

/// Adds up the parts from those that use none.
fn within_bounds(parts: &[Part<'_>]) -> Result<(), StyleFault> {
    let names = parts.iter().enumerate().skip(1);
    let by_name: FxHashMap<&str, usize> = names.map(|(at, part)| (part.name, at)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
    let mut n_open = vec![0; parts.len()];
    for (at, part) in parts.iter().enumerate() {
        for name in part.elements.iter().filter_map(|element| element.uses) {
            let Some(used) = by_name.get(name) else {
                let near = nearest(name, parts[1..].iter().map(|part| part.name));
                let near = near.first().map(|near| (*near).to_owned());
                return Err(StyleFault::NoMacro(name.to_owned(), near));
            };
            users[*used].push(at);
            n_open[at] += 1;
        }
    }
    let mut sizes = vec![Size::default(); parts.len()];
    let mut ready: Vec<usize> = (0..parts.len()).filter(|at| n_open[*at] == 0).collect();
    let mut n_done = 0;
    while let Some(at) = ready.pop() {
        n_done += 1;
        sizes[at] = size(&parts[at], |name| sizes[by_name[name]]);
        if sizes[at].depth > MAX_DEPTH {
            return Err(TOO_DEEP);
        }
        if sizes[at].n_elements > MAX_ELEMENTS {
            return Err(TOO_MANY);
        }
        for user in &users[at] {
            n_open[*user] -= 1;
            if n_open[*user] == 0 {
                ready.push(*user);
            }
        }
    }
    if n_done == parts.len() {
        return Ok(());
    }
    let open = parts.iter().zip(&n_open).skip(1).find(|(_, n)| **n > 0);
    let name = open.map_or("", |(part, _)| part.name);
    Err(StyleFault::Circle(name.to_owned()))
}

/// How much a part carries out at most: all children of an element, of a choice the largest.
fn size(part: &Part<'_>, of_macro: impl Fn(&str) -> Size) -> Size {
    let mut within = vec![0_usize; part.elements.len()];
    let mut depth = 0;
    for (at, element) in part.elements.iter().enumerate().rev() {
        let used = element.uses.map(&of_macro).unwrap_or_default();
        depth = depth.max(element.depth + used.depth);
        within[at] = within[at].saturating_add(used.n_elements + 1);
        if let Some(parent) = element.parent {
            within[parent] = if part.elements[parent].is_choice {
                within[parent].max(within[at])
            } else {
                within[parent].saturating_add(within[at])
            };
        }
    }
    let n_elements = within.first().copied().unwrap_or_default();
    Size { n_elements, depth }
}
