//! The engine's own view of a diagram, and one run of its steps.

use super::blocks::{self, Corridors, Place, Plan};
use super::boxes::{self, Sized};
use super::forest::Forest;
use super::groups::{self, Frame};
use super::routes;
use super::way::Wire;
use super::wires;
use super::{Options, Plate, Point};
use crate::view::diagram::{Diagram, Edge, EdgeKind, End, NodeKind};

/// Room beside a junction for the first undercut, and for each further one.
pub(super) const HOOK: (f64, f64) = (20.0, 9.0);

/// An edge between vertices.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: EdgeKind,
}

/// What the steps need to know of a diagram. Vertices are the nodes, then the junctions, then the groups, then the
/// ground [`Body::ground`], an invisible vertex above all tops. Sizes are those for branches that grow downwards.
pub(super) struct Body {
    pub(super) boxes: Vec<Sized>,
    pub(super) sizes: Vec<(f64, f64)>,
    /// What stands in each junction.
    pub(super) plates: Vec<Option<Plate>>,
    /// Half the size of each junction, without the room beside it.
    pub(super) radii: Vec<(f64, f64)>,
    pub(super) arcs: Vec<Option<Arc>>,
    /// Junctions with the sources of their undercuts, sorted.
    pub(super) undercutters: Vec<(usize, usize)>,
    /// The frames of the groups.
    pub(super) frames: Vec<Frame>,
    /// What each vertex hangs under where nothing in the same frame is above it: its group, or the ground.
    pub(super) homes: Vec<usize>,
    pub(super) n_nodes: usize,
    pub(super) ground: usize,
    pub(super) aspect: f64,
    pub(super) options: Options,
    pub(super) diagram: Diagram,
}

impl Body {
    pub(super) fn new(diagram: &Diagram, options: &Options) -> Self {
        let n_nodes = diagram.nodes.len();
        let ground = n_nodes + diagram.junctions.len() + diagram.groups.len();
        let arcs = arcs(diagram);
        let mut boxes: Vec<Sized> = diagram
            .nodes
            .iter()
            .map(|it| boxes::size(it, options.box_width))
            .collect();
        make_room(&mut boxes, &arcs, options);
        let is_sideways = options.direction.is_sideways();
        let junctions = diagram.junctions.iter();
        let plates: Vec<Option<Plate>> = junctions
            .map(|it| boxes::plate(it, options.box_width))
            .collect();
        let radii: Vec<(f64, f64)> = plates
            .iter()
            .map(|it| boxes::junction_radius(it.as_ref(), is_sideways))
            .collect();
        let frames = groups::frames(diagram, options);
        let homes = groups::homes(diagram, &arcs, ground);
        let mut sizes = sizes(&boxes, &radii, &arcs, options);
        sizes.extend(frames.iter().map(|it| (it.least, it.top)));
        sizes.push((0.0, 0.0));
        let aspect = options.fit.aspect(n_nodes);
        let aspect = if options.direction.is_sideways() {
            1.0 / aspect
        } else {
            aspect
        };
        let mut undercutters: Vec<(usize, usize)> = arcs
            .iter()
            .flatten()
            .filter(|it| it.kind == EdgeKind::Undercut)
            .map(|it| (it.to, it.from))
            .collect();
        undercutters.sort_unstable();
        Self {
            boxes,
            sizes,
            plates,
            radii,
            arcs,
            undercutters,
            frames,
            homes,
            n_nodes,
            ground,
            aspect,
            options: *options,
            diagram: diagram.clone(),
        }
    }

    pub(super) fn is_junction(&self, vertex: usize) -> bool {
        (self.n_nodes..self.first_group()).contains(&vertex)
    }

    /// The vertex of the first group; the ground where there is none.
    pub(super) fn first_group(&self) -> usize {
        self.ground - self.frames.len()
    }

    /// The frame of a vertex that stands for a group.
    pub(super) fn frame(&self, vertex: usize) -> Option<&Frame> {
        self.frames.get(vertex.checked_sub(self.first_group())?)
    }

    /// Whether edges lead from what hangs under a vertex to it.
    pub(super) fn has_stems(&self, vertex: usize) -> bool {
        vertex < self.first_group()
    }

    /// How far a junction's point or plate reaches to the side from its middle.
    pub(super) fn reach(&self, junction: usize) -> f64 {
        self.radii[junction - self.n_nodes].0
    }

    pub(super) fn is_thesis(&self, vertex: usize) -> bool {
        let node = self.diagram.nodes.get(vertex);
        node.is_some_and(|it| it.kind == NodeKind::Thesis)
    }

    /// Whether a vertex is a thesis, or a group that begins with one: they stand in the order in which the map names
    /// them.
    pub(super) fn keeps_order(&self, vertex: usize) -> bool {
        let first = self.frame(vertex).and_then(|it| it.first);
        self.is_thesis(first.unwrap_or(vertex))
    }

    /// The arc of an edge that the forest or a wire uses, which is therefore in the diagram.
    pub(super) fn arc(&self, edge: usize) -> Arc {
        self.arcs[edge].expect("only edges with both ends are planted or routed")
    }
}

/// The edges between vertices; nothing for one whose ends are not in the diagram.
fn arcs(diagram: &Diagram) -> Vec<Option<Arc>> {
    let n_nodes = diagram.nodes.len();
    let vertex = |end: End| match end {
        End::Node(node) => (node < n_nodes).then_some(node),
        End::Junction(it) => (it < diagram.junctions.len()).then_some(n_nodes + it),
    };
    let arc = |edge: &Edge| {
        Some(Arc {
            from: vertex(edge.from)?,
            to: vertex(edge.to)?,
            kind: edge.kind,
        })
    };
    diagram.edges.iter().map(arc).collect()
}

/// Boxes have room for the heads of a dozen arrows, however short their texts are. O(V + E).
fn make_room(boxes: &mut [Sized], arcs: &[Option<Arc>], options: &Options) {
    let mut arrows = vec![0; boxes.len()];
    for arc in arcs.iter().flatten() {
        if let Some(count) = arrows.get_mut(arc.to) {
            *count += 1;
        }
    }
    for (it, arrows) in boxes.iter_mut().zip(arrows).filter(|it| it.1 > 1) {
        let least = wires::room_for_ports(arrows.min(12));
        if options.direction.is_sideways() {
            it.heighten(least);
        } else {
            it.widen(least);
        }
    }
}

/// The room of every box and junction: that of a junction includes what undercuts need beside it.
fn sizes(
    boxes: &[Sized],
    radii: &[(f64, f64)],
    arcs: &[Option<Arc>],
    options: &Options,
) -> Vec<(f64, f64)> {
    let ground = boxes.len() + radii.len();
    let mut hooks = vec![0.0f64; ground];
    for arc in arcs
        .iter()
        .flatten()
        .filter(|it| it.kind == EdgeKind::Undercut)
    {
        hooks[arc.to] += 1.0;
    }
    let room = |vertex: usize| {
        let side = match hooks[vertex] {
            0.0 => 0.0,
            hooks => HOOK.0 + (hooks - 1.0).min(20.0) * HOOK.1,
        };
        let (across, along) = radii[vertex - boxes.len()];
        (2.0 * (across + side), 2.0 * along)
    };
    let turn = |it: &Sized| {
        if options.direction.is_sideways() {
            (it.height, it.width)
        } else {
            (it.width, it.height)
        }
    };
    let mut sizes: Vec<(f64, f64)> = boxes.iter().map(turn).collect();
    sizes.extend((boxes.len()..ground).map(room));
    sizes
}

/// What one run of the engine gives, still growing downwards.
#[derive(Clone)]
pub(super) struct Picture {
    pub(super) place: Place,
    pub(super) routes: Vec<Vec<Point>>,
    pub(super) wires: Vec<Wire>,
}

/// Lays a forest out as planned: routes on a first placement tell how wide corridors must be, the second
/// placement gives them that width.
pub(super) fn run(body: &Body, forest: &Forest, plan: &Plan) -> Picture {
    let mut corridors = Corridors::ordinary(body, plan);
    let (place, wires) = route(body, forest, plan, &corridors);
    corridors.widen(&wires::count_tracks(body, plan, &place, &wires), plan);
    let place = blocks::place(body, forest, plan, &corridors);
    picture(body, plan, place, wires)
}

/// The same without the second placement: tracks may be crowded, in the order that they will have.
pub(super) fn run_roughly(body: &Body, forest: &Forest, plan: &Plan) -> Picture {
    let (place, wires) = route(body, forest, plan, &Corridors::ordinary(body, plan));
    picture(body, plan, place, wires)
}

/// Places everything and finds the ways of the edges.
fn route(body: &Body, forest: &Forest, plan: &Plan, corridors: &Corridors) -> (Place, Vec<Wire>) {
    let place = blocks::place(body, forest, plan, corridors);
    let wires = routes::choose(body, forest, plan, &place);
    (place, wires)
}

fn picture(body: &Body, plan: &Plan, place: Place, wires: Vec<Wire>) -> Picture {
    let routes = wires::draw(body, plan, &place, &wires);
    Picture {
        place,
        routes,
        wires,
    }
}
