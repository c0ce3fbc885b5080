//! Reconstructions: numbered premises and conclusions with inferences between them.

use rustc_hash::FxHashMap;

use super::block::{Place, Reconstruction, Role, Words};
use super::content;
use super::data::{self, Entry};
use super::debate::{End, Item, Step};
use super::source::Reader;
use crate::source::{Span, Spanned};

impl Reader<'_> {
    /// Whether a number in brackets starts an item here.
    pub(super) fn takes_items(&self) -> bool {
        let is_first = self.block.place.is_none() && self.block.root.is_none();
        is_first || self.block.reconstruction.is_some() || self.is_described()
    }

    /// Whether the words at hand are of an argument, so that its reconstruction may follow without an empty line.
    pub(super) fn is_described(&self) -> bool {
        let place = self.block.place.as_ref();
        place.is_some_and(|place| {
            matches!(place.role, Role::Top) && place.words.trim_start().starts_with('<')
        })
    }

    pub(super) fn item(&mut self, number: u64, rest: &Words<'_>) {
        let is_first = self.block.reconstruction.is_none();
        let of_described = self.is_described();
        self.close();
        if is_first {
            let described = match self.block.last {
                Some(End::Argument(at)) if of_described => Some(at),
                _ => self.block.described,
            };
            let argument = self.argument_to_reconstruct(described, rest.at);
            self.block.reconstruction = Some(Reconstruction {
                argument,
                numbers: FxHashMap::default(),
                step: None,
            });
        }
        self.new_root(0);
        self.gather(Role::Item(number), rest);
    }

    pub(super) fn argument_to_reconstruct(&mut self, described: Option<usize>, at: Span) -> usize {
        let section = self.section();
        let argument = match described {
            Some(argument) if self.debate.arguments[argument].items.is_empty() => argument,
            None => self.debate.argument(None, at),
            Some(_) => {
                let how = "is the second of its argument";
                let help = "give it an argument of its own; it is read as one";
                self.misplaced(at, "reconstruction", how, help);
                self.debate.argument(None, at)
            }
        };
        let node = &mut self.debate.arguments[argument].node;
        node.section = section.or(node.section.take());
        argument
    }

    pub(super) fn inference_start(&mut self, rest: &Words<'_>) {
        self.close();
        if self.block.reconstruction.is_none() {
            let how = "stands outside of a reconstruction";
            let help = "number premises and conclusions as in `(1) …`; it is left out";
            return self.misplaced(rest.span(), "inference", how, help);
        }
        self.block.inference = Some(Place {
            role: Role::Inference,
            words: String::new(),
            span: rest.at,
            is_in_data: false,
        });
        self.inference_line(rest.words(), rest.at);
    }

    /// Goes on with an inference, up to its second dashes.
    pub(super) fn inference_line(&mut self, line: &str, at: Span) {
        let Some(place) = &mut self.block.inference else {
            return;
        };
        let is_rule = !line.is_empty() && line.bytes().all(|byte| byte == b'-');
        let end = if is_rule { Some(0) } else { line.find("--") };
        place.go_on(&line[..end.unwrap_or(line.len())], at);
        if end.is_some() {
            let place = self.block.inference.take();
            self.inference(&place.expect("it is open"));
        }
    }

    pub(super) fn inference(&mut self, place: &Place) {
        let (words, entries) = match data::at_end(&place.words) {
            Some((words, entries)) => (words, entries),
            None => (&*place.words, Vec::new()),
        };
        let rules = words.split(',').map(|rule| content::parse(rule).text);
        let rules = rules.filter(|rule| !rule.is_empty());
        let rules = rules
            .map(|value| Spanned {
                value,
                span: place.span,
            })
            .collect();
        let mut step = Step {
            rules,
            uses: Vec::new(),
        };
        let Some(reconstruction) = &mut self.block.reconstruction else {
            return;
        };
        for Entry { key, values } in entries {
            if key.value != "uses" {
                self.draft.losses.add("data of steps", place.span);
                continue;
            }
            let numbers = values.iter().filter_map(|text| text.value.parse().ok());
            let known = &reconstruction.numbers;
            step.uses = numbers
                .filter_map(|number: u64| known.get(&number).copied())
                .collect();
        }
        if let Some((_, at)) = reconstruction.step.replace((step, place.span)) {
            self.missing(at, "conclusion", "inference");
        }
        let Some(reconstruction) = &self.block.reconstruction else {
            return;
        };
        let argument = reconstruction.argument;
        let next = self.debate.arguments[argument].items.len();
        self.new_root(0);
        self.block.root = Some(End::Step(argument, next));
        self.block.last = self.block.root;
    }

    /// The inference to the conclusion at hand, which is what an undercut below the conclusion is about.
    pub(super) fn step_to(&self, conclusion: End) -> End {
        let Some(reconstruction) = &self.block.reconstruction else {
            return conclusion;
        };
        let argument = reconstruction.argument;
        match self.debate.arguments[argument].items.split_last() {
            Some((item, before))
                if item.step.is_some() && conclusion == End::Statement(item.statement) =>
            {
                End::Step(argument, before.len())
            }
            _ => conclusion,
        }
    }

    pub(super) fn add_item(&mut self, number: u64, end: End, at: Span) {
        let (Some(reconstruction), End::Statement(statement)) =
            (&mut self.block.reconstruction, end)
        else {
            return;
        };
        let items = &mut self.debate.arguments[reconstruction.argument].items;
        reconstruction.numbers.insert(number, items.len());
        items.push(Item {
            statement,
            span: at,
            step: reconstruction.step.take().map(|(step, _)| step),
        });
    }

    /// Reports what a reconstruction that ends still lacks.
    pub(super) fn end_reconstruction(&mut self) {
        let Some(reconstruction) = self.block.reconstruction.take() else {
            return;
        };
        let argument = &self.debate.arguments[reconstruction.argument];
        let first = argument.items.first().map(|item| item.span);
        let has_step = argument.is_reconstructed();
        if let Some((_, at)) = reconstruction.step {
            self.missing(at, "conclusion", "inference");
        } else if !has_step {
            let at = first.unwrap_or(argument.node.span);
            self.missing(at, "inference", "reconstruction");
        }
    }
}
