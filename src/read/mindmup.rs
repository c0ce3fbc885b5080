//! MindMup's argument visualisations (`.mup`), as `docs/formats/mindmup.md` describes them.

use super::draft::NewInference;
use super::walk::{Field, Walk};
use crate::model::{InferenceIdx, Polarity, Statement, StatementIdx, Target, Text};
use crate::source::Spanned;
use crate::syntax::NodeId;

/// Reads the whole file. What nests without bound is on a stack of its own.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let idea = read_idea(walk, root, true);
    walk.draft.map.about.title.clone_from(&idea.title);
    let mut import = Import {
        walk,
        tasks: Vec::new(),
        ideas: Vec::new(),
    };
    import.children(&idea, None);
    import.gather();
    import.walk.draft.settle();
    import.link();
}

/// What an idea is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Claim,
    /// Claims that work together for or against what it hangs under.
    Group(Polarity),
    /// A group that does neither.
    NeutralGroup,
}

/// An idea as written.
struct Idea {
    name: Option<Text>,
    title: Option<Text>,
    role: Role,
    implicit: bool,
    is_remark: bool,
    note: Option<Text>,
    label: Option<Text>,
    /// The ideas under it, in the order of their ranks.
    children: Vec<NodeId>,
    place: NodeId,
}

/// An idea in the tree.
struct Placed {
    idea: Idea,
    parent: Option<usize>,
    statement: Option<StatementIdx>,
    step: Option<InferenceIdx>,
    /// How many claims are under it.
    n_claims: usize,
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    /// Ideas to be read, each with the index of its parent.
    tasks: Vec<(NodeId, Option<usize>)>,
    /// All ideas, each behind its parent.
    ideas: Vec<Placed>,
}

impl Import<'_, '_, '_> {
    fn children(&mut self, idea: &Idea, parent: Option<usize>) {
        let children = idea.children.iter().rev();
        self.tasks.extend(children.map(|child| (*child, parent)));
    }

    /// Reads all ideas, and makes statements of those that are claims.
    fn gather(&mut self) {
        while let Some((node, parent)) = self.tasks.pop() {
            let idea = read_idea(self.walk, node, false);
            let at = self.ideas.len();
            if let (true, Some(parent)) = (idea.is_remark, parent) {
                self.remark(&idea, parent);
                continue;
            }
            self.children(&idea, Some(at));
            let is_claim = idea.role == Role::Claim;
            let statement = is_claim.then(|| self.statement(&idea));
            if let (Some(_), Some(parent)) = (statement, parent) {
                self.ideas[parent].n_claims += 1;
            }
            self.ideas.push(Placed {
                idea,
                parent,
                statement,
                step: None,
                n_claims: 0,
            });
        }
    }

    fn statement(&mut self, idea: &Idea) -> StatementIdx {
        let span = self.walk.tree.span(idea.place);
        if idea.title.is_none() {
            let what = "the title of an idea".to_owned();
            self.walk.empty_text(idea.place, what, span);
        }
        let statement = Statement {
            span,
            text: idea.title.clone().unwrap_or(Spanned {
                value: String::new(),
                span,
            }),
            implicit: idea.implicit,
            note: idea.note.clone(),
            ..Statement::default()
        };
        match &idea.name {
            Some(name) => self.walk.draft.statement(name, statement),
            None => self.walk.draft.unnamed(statement),
        }
    }

    /// A sticky note is a remark on what it sticks to.
    fn remark(&mut self, idea: &Idea, parent: usize) {
        let (Some(text), Some(statement)) = (&idea.title, self.ideas[parent].statement) else {
            let span = self.walk.tree.span(idea.place);
            return self.walk.lose("notes on groups", span);
        };
        let note = &mut self.walk.draft.map.statements[statement.index()].note;
        match note {
            Some(note) => {
                note.value.push('\n');
                note.value.push_str(&text.value);
            }
            None => *note = Some(text.clone()),
        }
    }

    /// Makes a step of each group, and ties its claims to what it hangs under.
    fn link(&mut self) {
        for at in 0..self.ideas.len() {
            let Placed { idea, parent, .. } = &self.ideas[at];
            let (parent, span) = (*parent, self.walk.tree.span(idea.place));
            match (idea.role, parent) {
                (Role::Claim, Some(parent)) => self.premise(at, parent),
                (Role::Claim, None) => self.thesis(at),
                (Role::Group(polarity), Some(parent)) => {
                    self.ideas[at].step = self.group(at, polarity, parent);
                }
                (Role::Group(_), None) => self.walk.lose("groups under no claim", span),
                (Role::NeutralGroup, _) => {
                    let what = "groups that neither support nor oppose";
                    self.walk.lose(what, span);
                }
            }
        }
    }

    fn group(&mut self, at: usize, polarity: Polarity, parent: usize) -> Option<InferenceIdx> {
        let span = self.walk.tree.span(self.ideas[at].idea.place);
        if self.ideas[at].n_claims == 0 {
            self.walk.lose("groups without a claim", span);
            return None;
        }
        let above = &self.ideas[parent];
        let target = match (above.statement, above.step) {
            (Some(statement), _) => Target::Statement(statement),
            // A group under a group speaks of the step.
            (None, Some(step)) if polarity == Polarity::Con => Target::Inference(step),
            _ => {
                self.walk.lose("support of steps", span);
                return None;
            }
        };
        let step = self.walk.draft.inference(NewInference {
            polarity,
            target,
            premises: Vec::new(),
            span,
        });
        let inference = &mut self.walk.draft.map.inferences[step.index()];
        inference.label.clone_from(&self.ideas[at].idea.label);
        inference.note.clone_from(&self.ideas[at].idea.note);
        Some(step)
    }

    /// A claim of a group is one of its premises; under a claim it says nothing of how it bears on it.
    fn premise(&mut self, at: usize, parent: usize) {
        let Placed {
            idea, statement, ..
        } = &self.ideas[at];
        let statement = statement.expect("what is no group is a claim");
        let span = idea
            .title
            .as_ref()
            .map_or(self.walk.tree.span(idea.place), |title| title.span);
        let Some(step) = self.ideas[parent].step else {
            return self.walk.lose("ideas in no group", span);
        };
        let premise = self.walk.draft.premise(statement, span);
        self.walk.draft.map.inferences[step.index()]
            .premises
            .push(premise);
    }

    fn thesis(&mut self, at: usize) {
        let Placed {
            idea, statement, ..
        } = &self.ideas[at];
        let statement = statement.expect("what is no group is a claim");
        let span = self.walk.tree.span(idea.place);
        let premise = self.walk.draft.premise(statement, span);
        self.walk.draft.map.theses.push(premise);
    }
}

fn read_idea(walk: &mut Walk<'_, '_>, place: NodeId, is_root: bool) -> Idea {
    let mut idea = Idea {
        name: None,
        title: None,
        role: Role::Claim,
        implicit: false,
        is_remark: false,
        note: None,
        label: None,
        children: Vec::new(),
        place,
    };
    for Field { key, value } in walk.fields(place, "an idea") {
        match &*key.value {
            "id" => idea.name = walk.text(value, "`id`"),
            "title" => idea.title = walk.text(value, "`title`"),
            "ideas" => idea.children = read_children(walk, value),
            "attr" => read_attributes(walk, &mut idea, value),
            "links" => walk.lose_each(value, "links between ideas"),
            "formatVersion" | "$schema" if is_root => {}
            "theme" => walk.lose("layout and styles", key.span),
            _ => walk.lose("other entries of ideas", key.span),
        }
    }
    idea
}

/// The ideas under one, in the order of their ranks, which are numbers.
fn read_children(walk: &mut Walk<'_, '_>, node: NodeId) -> Vec<NodeId> {
    let rank = |field: &Field| field.key.value.parse::<f64>().unwrap_or(f64::INFINITY);
    let mut fields = walk.fields(node, "`ideas`");
    fields.sort_by(|one, other| rank(one).total_cmp(&rank(other)));
    fields.into_iter().map(|field| field.value).collect()
}

fn read_attributes(walk: &mut Walk<'_, '_>, idea: &mut Idea, node: NodeId) {
    for Field { key, value } in walk.fields(node, "`attr`") {
        match &*key.value {
            "group" => {
                let group = walk.text(value, "`group`");
                idea.role = match group.as_ref().map(|group| &*group.value) {
                    Some("supporting") => Role::Group(Polarity::Pro),
                    Some("opposing") => Role::Group(Polarity::Con),
                    Some(_) => Role::NeutralGroup,
                    None => Role::Claim,
                };
            }
            "styleNames" => {
                for name in walk.texts(value, "`styleNames`") {
                    idea.implicit |= name.value == "attr_implicit_claim";
                    idea.is_remark |= name.value == "sticky_note";
                }
            }
            "note" => idea.note = text_within(walk, value, "text"),
            "parentConnector" => idea.label = text_within(walk, value, "label"),
            "contentLocked" => {}
            _ => walk.lose("layout and styles", key.span),
        }
    }
}

/// The text under one key of a mapping.
fn text_within(walk: &mut Walk<'_, '_>, node: NodeId, name: &str) -> Option<Text> {
    if !walk.is_mapping(node) {
        return walk.text(node, "a text");
    }
    let fields = walk.fields(node, "an attribute").into_iter();
    let field = fields.into_iter().find(|field| field.key.value == name)?;
    walk.text(field.value, "a text")
}
