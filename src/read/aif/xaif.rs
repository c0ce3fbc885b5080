//! xAIF: a graph of AIF in an envelope with the analysed text, as OVA3 saves it.

use rustc_hash::FxHashMap;

use super::graph;
use crate::model::Text;
use crate::read::walk::{Field, Walk};
use crate::source::{Spanned, single_spaced};

/// Spans in more spans than this mark nothing, so that the words are not gone through again and again.
const MAX_NESTED: usize = 16;

/// How the whole file is read; the graph is one level deeper than in AIF.
pub(in crate::read) const READ: (usize, fn(&mut Walk<'_, '_>)) = (3, read);

fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let (mut found, mut text) = (None, None);
    for Field { key, value } in walk.fields(root, "a file of xAIF") {
        match &*key.value {
            "AIF" | "aif" => found = Some(value),
            "text" => text = read_text(walk, value),
            // The places of boxes on the screen.
            "OVA" | "ova" => walk.lose("layout and analysts of OVA", key.span),
            "dialog" => {}
            _ => walk.lose("other entries of the file", key.span),
        }
    }
    let words = text.as_ref().map(|text| quotes(&text.value));
    let words = words.unwrap_or_default();
    if let Some(found) = found {
        graph(walk, found, &words);
    }
    let Some(text) = text else { return };
    walk.lose("the analysed text itself", text.span);
    if walk
        .draft
        .map
        .statements
        .iter()
        .any(|statement| statement.quote.is_some())
    {
        let name = |value: &str| Spanned {
            value: value.to_owned(),
            span: text.span,
        };
        let source = walk
            .draft
            .source(&name("analysed-text"), name("The analysed text"));
        let id = source.id.clone();
        walk.draft.map.parts[0].article = Some(name(&id));
    }
}

/// The text; older files have it in a mapping.
fn read_text(walk: &mut Walk<'_, '_>, node: crate::syntax::NodeId) -> Option<Text> {
    if walk.is_mapping(node) {
        let mut fields = walk.fields(node, "`text`").into_iter();
        let field = fields.find(|field| field.key.value == "txt")?;
        return walk.text(field.value, "`txt`");
    }
    walk.text(node, "`text`")
}

/// The words that spans of HTML mark, by the names of the nodes that they are marked for.
///
/// Linear in the text; what is not HTML after all is text.
fn quotes(html: &str) -> FxHashMap<String, String> {
    let mut plain = String::new();
    let mut open: Vec<(Option<String>, usize)> = Vec::new();
    let mut quotes = FxHashMap::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        push_text(&mut plain, &rest[..at]);
        let Some(end) = rest[at..].find('>') else {
            break;
        };
        let tag = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if tag.starts_with("span") {
            let name = node_name(tag).filter(|_| open.len() < MAX_NESTED);
            open.push((name, plain.len()));
        } else if tag.starts_with("/span") {
            if let Some((Some(name), start)) = open.pop() {
                let words = single_spaced(&plain[start..]);
                if !words.is_empty() {
                    quotes.insert(name, words);
                }
            }
        } else {
            // A break or a paragraph parts words.
            plain.push(' ');
        }
    }
    quotes
}

/// The node that a span is for: its `id` with or without `node` before it.
fn node_name(tag: &str) -> Option<String> {
    let (_, id) = tag.split_once("id=")?;
    let quote = id.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let id = id[1..].split(quote).next()?;
    Some(id.strip_prefix("node").unwrap_or(id).to_owned())
}

/// Adds a text with its entities decoded.
fn push_text(plain: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
        let (entity, character) = known.copied().unwrap_or(("&", '&'));
        plain.push(character);
        rest = &rest[entity.len()..];
    }
    plain.push_str(rest);
}

const ENTITIES: [(&str, char); 7] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
    ("&#39;", '\''),
    ("&apos;", '\''),
    ("&nbsp;", ' '),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_words_are_found_in_html() {
        let html = "A <span class=\"highlighted\" id=\"node5\">cat &amp;<br>a <span id='7'>dog</span></span> <i>ran</i>\
                    <span class=\"x\">off</span> <span id=\"node9\"> </span></span><span";
        let found = quotes(html);
        let mut found: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, words)| (name.as_str(), words.as_str()))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [("5", "cat & a dog"), ("7", "dog")]);
    }
}
