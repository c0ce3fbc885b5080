//! Which sources count as one: works that draw on others are not independent of them.

use std::collections::BTreeSet;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::graph::ArgumentGraph;

/// Of a work that draws on more origins, the first so many are kept.
const MAX_ORIGINS: usize = 16;

/// For each source of a map, what it draws on in the end.
///
/// An origin draws on no other work.
/// Works that draw on each other are one, which the first of them stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Independence {
    origins: Vec<BTreeSet<usize>>,
}

impl Independence {
    /// Follows `derived-from` to its end; O(n + m), as at most 16 origins are kept for a work.
    pub fn of(graph: &ArgumentGraph) -> Self {
        let n_sources = graph.origins.len();
        let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n_sources, graph.origins.n_items());
        for _ in 0..n_sources {
            links.add_node(());
        }
        for source in 0..n_sources {
            for origin in graph.origins.get(source) {
                links.add_edge(NodeIndex::new(source), NodeIndex::new(*origin), ());
            }
        }
        let mut origins = vec![BTreeSet::new(); n_sources];
        // A component comes after those that it leads to.
        for circle in kosaraju_scc(&links) {
            let members: BTreeSet<usize> = circle.iter().map(|node| node.index()).collect();
            let mut found = BTreeSet::new();
            for origin in members
                .iter()
                .flat_map(|member| graph.origins.get(*member))
                .filter(|origin| !members.contains(origin))
            {
                found.extend(&origins[*origin]);
                while found.len() > MAX_ORIGINS {
                    found.pop_last();
                }
            }
            if found.is_empty() {
                found.extend(members.first());
            }
            for member in members {
                origins[member].clone_from(&found);
            }
        }
        Self { origins }
    }

    /// The works that a source draws on in the end, in document order: itself alone where it is independent.
    pub fn origins(&self, source: usize) -> impl Iterator<Item = usize> {
        self.origins[source].iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::source::NoFiles;

    /// What each source counts as, by ids.
    fn origins(sources: &str) -> Vec<String> {
        let map = format!("thesis: T.\nsources:\n{sources}");
        let dossier = Dossier::open("m.yaml", map.into_bytes(), &NoFiles);
        let independence = Independence::of(&dossier.graph);
        let all = &dossier.map.sources;
        let of = |at: usize| {
            let ids = independence
                .origins(at)
                .map(|origin| all[origin].id.clone());
            format!("{}: {}", all[at].id, ids.collect::<Vec<_>>().join(" "))
        };
        (0..all.len()).map(of).collect()
    }

    #[test]
    fn what_draws_on_others_counts_as_the_works_at_the_end() {
        let sources = "  \
  news: {title: N, derived-from: digest}
  digest: {title: D, derived-from: [study, census]}
  study: {title: S}
  census: {title: C}
  echo: {title: E, derived-from: mirror}
  mirror: {title: M, derived-from: echo}
";
        assert_eq!(
            origins(sources),
            [
                "news: study census",
                "digest: study census",
                "study: study",
                "census: census",
                "echo: echo",
                "mirror: echo"
            ]
        );
    }

    #[test]
    fn long_chains_and_many_origins_cost_no_more_than_their_links() {
        use std::fmt::Write as _;
        let mut sources = String::new();
        for at in 0..5_000 {
            let next = at + 1;
            let _ = writeln!(
                sources,
                "  c{at}: {{title: C, derived-from: [c{next}, o{at}]}}"
            );
            let _ = writeln!(sources, "  o{at}: {{title: O}}");
        }
        sources.push_str("  c5000: {title: C}\n");
        let found = origins(&sources);
        assert_eq!(found.len(), 10_001);
        assert_eq!(found[0].split(' ').count(), 1 + MAX_ORIGINS);
    }
}
