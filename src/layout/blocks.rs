//! Branches as rectangles: which parts stand side by side, which are stacked, and where everything is.
//!
//! The block of a vertex is its box on top, a *channel* below it, and then columns of the blocks of its
//! children, with *gutters* to the left of, between and to the right of the columns. A column of several
//! blocks is a stack with its bus in the gutter on its left, as organisation charts hang them.

use super::Rect;
use super::engine::Body;
use super::forest::{Forest, is_undercut};

/// Between blocks in a stack.
const STACK_GAP: f64 = 16.0;
/// Between columns when no edge runs there.
const COLUMN_GAP: f64 = 22.0;
/// A gutter that holds a bus.
const BUS_GUTTER: f64 = 26.0;
/// Between a box and its children's.
const CHANNEL: f64 = 38.0;
/// Between two parallel tracks.
pub(super) const PITCH: f64 = 10.0;
/// Room in a channel for arrowheads, above the tracks.
pub(super) const ARROW_ROOM: f64 = 15.0;
/// Room in a channel below the tracks.
pub(super) const BELOW_TRACKS: f64 = 11.0;

/// The columns of the children of every vertex.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) columns: Vec<Vec<Vec<usize>>>,
    /// For every vertex but the ground: the column it is in, and its place in it.
    pub(super) spot: Vec<(usize, usize)>,
    /// The number of the first gutter of each vertex in a list of all gutters.
    pub(super) first_gutter: Vec<usize>,
    pub(super) n_gutters: usize,
}

impl Plan {
    fn new(columns: Vec<Vec<Vec<usize>>>) -> Self {
        let mut spot = vec![(0, 0); columns.len()];
        let mut first_gutter = Vec::with_capacity(columns.len());
        let mut n_gutters = 0;
        for of in &columns {
            first_gutter.push(n_gutters);
            n_gutters += of.len() + 1;
            for (column, stack) in of.iter().enumerate() {
                for (row, &vertex) in stack.iter().enumerate() {
                    spot[vertex] = (column, row);
                }
            }
        }
        Self {
            columns,
            spot,
            first_gutter,
            n_gutters,
        }
    }

    /// Whether a vertex shares its column, so that its stem runs in the gutter.
    pub(super) fn is_stacked(&self, parent: usize, vertex: usize) -> bool {
        self.columns[parent][self.spot[vertex].0].len() > 1
    }
}

/// How wide the corridors are: channels by vertex, gutters by number.
#[derive(Clone, Debug)]
pub(super) struct Corridors {
    channel: Vec<f64>,
    gutter: Vec<f64>,
}

impl Corridors {
    /// The widths for stems alone.
    pub(super) fn ordinary(plan: &Plan) -> Self {
        let channel = plan
            .columns
            .iter()
            .map(|it| if it.is_empty() { 0.0 } else { CHANNEL })
            .collect();
        let mut gutter = Vec::with_capacity(plan.n_gutters);
        for of in &plan.columns {
            gutter.extend((0..=of.len()).map(|it| least_gutter(of, it)));
        }
        let mut it = Self { channel, gutter };
        if let Some(ground) = it.channel.last_mut() {
            *ground = 0.0;
        }
        it
    }

    /// Makes room for as many tracks as counted: `tracks` has the channels first, then the gutters.
    pub(super) fn widen(&mut self, tracks: &[usize], plan: &Plan) {
        let (channels, gutters) = tracks.split_at(plan.columns.len());
        for (width, &tracks) in self.channel.iter_mut().zip(channels).filter(|it| *it.1 > 0) {
            *width = width.max(ARROW_ROOM + BELOW_TRACKS + crowd(tracks));
        }
        for (width, &tracks) in self.gutter.iter_mut().zip(gutters).filter(|it| *it.1 > 0) {
            *width = width.max(20.0 + crowd(tracks));
        }
    }
}

/// The room between the first and the last of so many tracks: crowded tracks lie closer.
fn crowd(tracks: usize) -> f64 {
    let tracks = as_px(tracks - 1);
    tracks.min(5.0) * PITCH + (tracks - 5.0).clamp(0.0, 15.0) * 4.0 + (tracks - 20.0).max(0.0) * 2.0
}

/// The least width of a gutter between these columns.
fn least_gutter(columns: &[Vec<usize>], gutter: usize) -> f64 {
    match columns.get(gutter) {
        Some(stack) if stack.len() > 1 => BUS_GUTTER,
        Some(_) if gutter > 0 => COLUMN_GAP,
        _ => 0.0,
    }
}

/// A count as a length. Counts are far below 2^52.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of boxes and tracks are far below 2^52"
)]
pub(super) fn as_px(count: usize) -> f64 {
    count as f64
}

/// Where everything is.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Every vertex' own box, including a junction's room.
    pub(super) boxes: Vec<Rect>,
    /// Every vertex' whole branch.
    pub(super) blocks: Vec<Rect>,
    /// The corridor under every vertex: its top and its height.
    pub(super) channel: Vec<(f64, f64)>,
    /// The corridors beside the columns, by number: left edge and width.
    pub(super) gutter: Vec<(f64, f64)>,
    /// Where the stem of each column comes up, by the number of the gutter on its left.
    pub(super) entry: Vec<f64>,
}

/// A block's inner measures, relative to its top left corner.
struct Shape {
    width: f64,
    height: f64,
    /// The left edge of the vertex' own box.
    box_x: f64,
    /// The left edges of the gutters.
    gutters: Vec<f64>,
    entries: Vec<f64>,
}

/// The sizes of blocks that are already known, with the middle of their box.
struct Known {
    width: Vec<f64>,
    height: Vec<f64>,
    middle: Vec<f64>,
}

impl Known {
    fn new(count: usize) -> Self {
        Self {
            width: vec![0.0; count],
            height: vec![0.0; count],
            middle: vec![0.0; count],
        }
    }

    fn set(&mut self, vertex: usize, shape: &Shape, box_width: f64) {
        self.width[vertex] = shape.width;
        self.height[vertex] = shape.height;
        self.middle[vertex] = shape.box_x + box_width / 2.0;
    }

    fn column(&self, stack: &[usize]) -> (f64, f64) {
        let width = stack.iter().map(|&it| self.width[it]).fold(0.0, f64::max);
        let height: f64 = stack.iter().map(|&it| self.height[it] + STACK_GAP).sum();
        (width, height - STACK_GAP)
    }
}

/// Measures the block of `vertex` with these columns, corridor widths given. O(children).
fn shape(
    body: &Body,
    vertex: usize,
    columns: &[Vec<usize>],
    widths: (f64, &[f64]),
    known: &Known,
) -> Shape {
    let (channel, gutter) = widths;
    let (box_width, box_height) = body.sizes[vertex];
    let (mut gutters, mut entries) = (
        Vec::with_capacity(columns.len() + 1),
        Vec::with_capacity(columns.len()),
    );
    let (mut x, mut tallest) = (0.0, 0.0f64);
    for (column, stack) in columns.iter().enumerate() {
        gutters.push(x);
        let (width, height) = known.column(stack);
        tallest = tallest.max(height);
        let single = stack.len() == 1;
        entries.push(if single {
            x + gutter[column] + known.middle[stack[0]]
        } else {
            x + gutter[column] / 2.0
        });
        x += gutter[column] + width;
    }
    gutters.push(x);
    x += gutter[columns.len()];
    let mut box_x = box_left(body, vertex, columns, &entries);
    if box_x < 0.0 {
        let shift = std::mem::replace(&mut box_x, 0.0);
        gutters
            .iter_mut()
            .chain(&mut entries)
            .for_each(|it| *it -= shift);
        x -= shift;
    }
    let width = x.max(box_x + box_width);
    Shape {
        width,
        height: box_height + channel + tallest,
        box_x,
        gutters,
        entries,
    }
}

/// Where a box stands over its columns: in the middle, or flush left over a single stack.
fn box_left(body: &Body, vertex: usize, columns: &[Vec<usize>], entries: &[f64]) -> f64 {
    let width = body.sizes[vertex].0;
    let under =
        |stack: &&Vec<usize>| !(body.is_junction(vertex) && undercuts(body, vertex, stack[0]));
    let main = columns.iter().take_while(under).count();
    let main = if main == 0 { entries.len() } else { main };
    match (entries.first(), entries[..main].last()) {
        (Some(_), Some(_)) if main == 1 && columns[0].len() > 1 && !body.is_junction(vertex) => 0.0,
        (Some(first), Some(last)) => f64::midpoint(*first, *last) - width / 2.0,
        _ => 0.0,
    }
}

/// Whether the stem of `child` is an undercut of the junction above it.
fn undercuts(body: &Body, above: usize, child: usize) -> bool {
    // A child hangs by the first arc from it to the vertex above that is an undercut, if there is one.
    body.undercutters.binary_search(&(above, child)).is_ok()
}

/// Decides the columns of every vertex bottom-up, as if blocks should have the ratio `ratio` of width to
/// height. O(V log V).
pub(super) fn plan(body: &Body, forest: &Forest, ratio: f64) -> Plan {
    let count = body.ground + 1;
    let mut known = Known::new(count);
    let mut columns: Vec<Vec<Vec<usize>>> = vec![Vec::new(); count];
    for &vertex in forest.top_down(body.ground).iter().rev() {
        let ratio = if vertex == body.ground {
            body.aspect
        } else {
            ratio
        };
        let (chosen, shape) = best_columns(body, forest, vertex, ratio, &known);
        known.set(vertex, &shape, body.sizes[vertex].0);
        columns[vertex] = chosen;
    }
    Plan::new(columns)
}

/// Tries some numbers of columns for one vertex and keeps what costs least.
fn best_columns(
    body: &Body,
    forest: &Forest,
    vertex: usize,
    ratio: f64,
    known: &Known,
) -> (Vec<Vec<usize>>, Shape) {
    let children = &forest.children[vertex];
    let side = children
        .iter()
        .position(|&it| forest.stem[it].is_some_and(|edge| is_undercut(body, edge, vertex)));
    let (main, side) = children.split_at(side.unwrap_or(children.len()));
    let mut best: Option<(f64, Vec<Vec<usize>>, Shape)> = None;
    let forced = forest.wanted.get(&vertex).copied();
    let mut wanted = forced.unwrap_or(children.len()).min(children.len());
    while wanted > 0 || best.is_none() {
        let mut columns = partition(forest, main, wanted, known);
        columns.extend(partition(forest, side, wanted.min(side.len()), known));
        let gutter: Vec<f64> = (0..=columns.len())
            .map(|it| least_gutter(&columns, it))
            .collect();
        let channel = if children.is_empty() || vertex == body.ground {
            0.0
        } else {
            CHANNEL
        };
        let shape = shape(body, vertex, &columns, (channel, &gutter), known);
        let cost = cost(body, vertex, &shape, ratio) + stem_lengths(&columns, &shape, known);
        if best.as_ref().is_none_or(|it| cost < it.0) {
            best = Some((cost, columns, shape));
        }
        if forced.is_some() {
            break;
        }
        wanted = if wanted > 8 {
            wanted * 4 / 5
        } else {
            wanted.saturating_sub(1)
        };
    }
    best.map(|it| (it.1, it.2))
        .expect("the loop runs at least once")
}

/// What the extent of a block costs: every edge that passes it later gets longer by about that much.
fn cost(body: &Body, vertex: usize, shape: &Shape, ratio: f64) -> f64 {
    let extent =
        shape.width.max(shape.height * ratio) + 0.15 * (shape.width + ratio * shape.height);
    if vertex == body.ground {
        return extent * 1000.0;
    }
    extent
}

/// How long the stems of the children would be.
fn stem_lengths(columns: &[Vec<usize>], shape: &Shape, known: &Known) -> f64 {
    let middle = shape.box_x;
    let mut total = 0.0;
    for (stack, entry) in columns.iter().zip(&shape.entries) {
        total += (entry - middle).abs() * as_px(stack.len());
        let mut y = 0.0;
        for &child in stack.iter().filter(|_| stack.len() > 1) {
            total += y + BUS_GUTTER;
            y += known.height[child] + STACK_GAP;
        }
    }
    total
}

/// Splits children, in order, into about so many columns of about the same height. O(children).
fn partition(forest: &Forest, children: &[usize], wanted: usize, known: &Known) -> Vec<Vec<usize>> {
    let total: f64 = children
        .iter()
        .map(|&it| known.height[it] + STACK_GAP)
        .sum();
    let target = total / as_px(wanted.max(1));
    let one_each = wanted >= children.len();
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0.0;
    for &child in children {
        let height = known.height[child] + STACK_GAP;
        let over = filled + height / 2.0 > target * as_px(columns.len());
        match columns.last_mut() {
            Some(column) if !over && !one_each => column.push(child),
            _ => columns.push(vec![child]),
        }
        filled += height;
    }
    // Short branches first: the bus passes fewer and lower blocks.
    for column in &mut columns {
        column.sort_by_key(|&it| !forest.children[it].is_empty());
    }
    columns
}

/// Puts every block in its place. O(V).
pub(super) fn place(body: &Body, forest: &Forest, plan: &Plan, corridors: &Corridors) -> Place {
    let count = body.ground + 1;
    let order = forest.top_down(body.ground);
    let mut known = Known::new(count);
    let mut shapes: Vec<Option<Shape>> = (0..count).map(|_| None).collect();
    for &vertex in order.iter().rev() {
        let columns = &plan.columns[vertex];
        let from = plan.first_gutter[vertex];
        let gutter = &corridors.gutter[from..=from + columns.len()];
        let shape = shape(
            body,
            vertex,
            columns,
            (corridors.channel[vertex], gutter),
            &known,
        );
        known.set(vertex, &shape, body.sizes[vertex].0);
        shapes[vertex] = Some(shape);
    }
    let mut place = Place {
        boxes: vec![Rect::default(); count],
        blocks: vec![Rect::default(); count],
        channel: vec![(0.0, 0.0); count],
        gutter: vec![(0.0, 0.0); plan.n_gutters],
        entry: vec![0.0; plan.n_gutters],
    };
    for &vertex in &order {
        let shape = shapes[vertex]
            .take()
            .expect("every vertex is measured once and placed once");
        place.settle(body, plan, corridors, (vertex, &shape));
        place.children(plan, corridors, vertex, &known);
    }
    place
}

impl Place {
    /// Places a block's own parts; its corner is known.
    fn settle(&mut self, body: &Body, plan: &Plan, corridors: &Corridors, of: (usize, &Shape)) {
        let (vertex, shape) = of;
        let block = &mut self.blocks[vertex];
        (block.width, block.height) = (shape.width, shape.height);
        let (width, height) = body.sizes[vertex];
        self.boxes[vertex] = Rect {
            x: block.x + shape.box_x,
            y: block.y,
            width,
            height,
        };
        self.channel[vertex] = (block.y + height, corridors.channel[vertex]);
        let first = plan.first_gutter[vertex];
        for (number, x) in shape.gutters.iter().enumerate() {
            self.gutter[first + number] = (block.x + x, corridors.gutter[first + number]);
        }
        for (number, x) in shape.entries.iter().enumerate() {
            self.entry[first + number] = block.x + x;
        }
    }

    /// Gives the children's blocks their corners.
    fn children(&mut self, plan: &Plan, corridors: &Corridors, vertex: usize, known: &Known) {
        let (top, channel) = self.channel[vertex];
        for (column, stack) in plan.columns[vertex].iter().enumerate() {
            let gutter = plan.first_gutter[vertex] + column;
            let x = self.gutter[gutter].0 + corridors.gutter[gutter];
            let mut y = top + channel;
            for &child in stack {
                (self.blocks[child].x, self.blocks[child].y) = (x, y);
                y += known.height[child] + STACK_GAP;
            }
        }
    }
}
