//! Branches as rectangles: which parts stand side by side, which are stacked, and where everything is.
//!
//! The block of a vertex is its box on top, a *channel* below it, and then columns of the blocks of its
//! children, with *gutters* to the left of, between and to the right of the columns. A column of several
//! blocks is a stack that hangs from a bus in a gutter beside it, as organisation charts have it: stacks in the
//! left half of several columns have their bus on the right, so that buses come up near the middle.

use std::ops::Range;

use super::Rect;
use super::engine::Body;
use super::forest::Forest;
use super::groups;

/// Between blocks in a stack.
pub(super) const STACK_GAP: f64 = 16.0;
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

/// The children of a vertex in columns, from left to right and each from the top.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    slots: Vec<usize>,
    /// Where each column ends in `slots`.
    ends: Vec<usize>,
    /// How many columns, from the left, have their bus on the right.
    turned: usize,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.ends.clear();
        self.turned = 0;
    }

    /// The columns so far stand under the middle of the box: buses of the left half are turned towards it.
    pub(super) fn turn(&mut self) {
        self.turned = self.len() / 2;
    }

    /// Whether the bus of a column is on its right.
    pub(super) fn is_turned(&self, column: usize) -> bool {
        column < self.turned
    }

    /// Whether a column is a stack, which hangs from a bus.
    pub(super) fn is_stack(&self, column: usize) -> bool {
        self.within(column..column + 1) > 1
    }

    /// The gutter of a stack's bus, counted from the left.
    pub(super) fn bus(&self, column: usize) -> usize {
        column + usize::from(self.is_turned(column))
    }

    /// How far a block stands from the left edge of its column: blocks are flush with their bus.
    pub(super) fn indent(&self, column: usize, width: f64, block: f64) -> f64 {
        if self.is_turned(column) {
            width - block
        } else {
            0.0
        }
    }

    /// Which buses are in a gutter: those of the stacks on its left and on its right.
    pub(super) fn buses(&self, gutter: usize) -> (bool, bool) {
        let left = gutter
            .checked_sub(1)
            .is_some_and(|it| self.is_turned(it) && self.is_stack(it));
        let right = gutter < self.len() && !self.is_turned(gutter) && self.is_stack(gutter);
        (left, right)
    }

    pub(super) fn column(&self, index: usize) -> &[usize] {
        let from = index.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.slots[from..self.ends[index]]
    }

    /// How many children are in these columns.
    pub(super) fn within(&self, columns: Range<usize>) -> usize {
        let before = |column: usize| column.checked_sub(1).map_or(0, |it| self.ends[it]);
        before(columns.end).saturating_sub(before(columns.start))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[usize]> {
        let mut from = 0;
        let column = move |&end: &usize| &self.slots[std::mem::replace(&mut from, end)..end];
        self.ends.iter().map(column)
    }

    /// Adds children, in order, in about so many columns of about the same height. O(children).
    pub(super) fn split(&mut self, children: &[usize], wanted: usize, sizes: &Sizes) {
        let from = self.slots.len();
        self.slots.extend_from_slice(children);
        if wanted >= children.len() {
            self.ends.extend(from + 1..=self.slots.len());
        } else if wanted < 2 {
            self.ends.push(self.slots.len());
        } else {
            self.level(from, wanted, sizes);
        }
    }

    /// Ends columns so that the children from a slot on are in so many of about the same height.
    fn level(&mut self, from: usize, wanted: usize, sizes: &Sizes) {
        let height = |it: usize| sizes.height[it] + STACK_GAP;
        let total: f64 = self.slots[from..].iter().map(|&it| height(it)).sum();
        let target = total / as_px(wanted);
        let (mut filled, mut columns) = (0.0, 0);
        for (slot, &child) in self.slots.iter().enumerate().skip(from) {
            let height = height(child);
            if filled + height / 2.0 > target * as_px(columns) {
                self.ends.push(slot + 1);
                columns += 1;
            } else if let Some(end) = self.ends.last_mut() {
                *end = slot + 1;
            }
            filled += height;
        }
    }
}

/// The columns of the children of every vertex.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) columns: Vec<Columns>,
    /// For every vertex but the ground: the column it is in, and its place in it.
    pub(super) spot: Vec<(usize, usize)>,
    /// The number of the first gutter of each vertex in a list of all gutters.
    pub(super) first_gutter: Vec<usize>,
    pub(super) n_gutters: usize,
}

impl Plan {
    pub(super) fn new(columns: Vec<Columns>) -> Self {
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
        self.columns[parent].is_stack(self.spot[vertex].0)
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
    pub(super) fn ordinary(body: &Body, plan: &Plan) -> Self {
        let channel = |(vertex, of)| least_channel(body, vertex, of);
        let mut gutter = Vec::with_capacity(plan.n_gutters);
        for (vertex, of) in plan.columns.iter().enumerate() {
            gutter.extend((0..=of.len()).map(least_gutters(body, vertex, of)));
        }
        Self {
            channel: plan.columns.iter().enumerate().map(channel).collect(),
            gutter,
        }
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

/// The least width of every gutter between these columns under a vertex; the outer ones are room inside a frame.
pub(super) fn least_gutters(
    body: &Body,
    vertex: usize,
    columns: &Columns,
) -> impl Fn(usize) -> f64 {
    let inside = body.frame(vertex).map_or(0.0, |_| groups::PADDING);
    move |gutter| match columns.buses(gutter) {
        (true, true) => BUS_GUTTER + PITCH,
        (true, false) | (false, true) => BUS_GUTTER,
        (false, false) if gutter > 0 && gutter < columns.len() => COLUMN_GAP,
        (false, false) => inside,
    }
}

/// The least height of a channel under a vertex with these columns.
pub(super) fn least_channel(body: &Body, vertex: usize, columns: &Columns) -> f64 {
    if !body.has_stems(vertex) || columns.is_empty() {
        0.0
    } else {
        CHANNEL
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
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The left edge of the vertex' own box.
    pub(super) box_x: f64,
    /// The left edges and the widths of the gutters.
    pub(super) gutters: Vec<(f64, f64)>,
    /// Where the stem of each column comes up.
    pub(super) entries: Vec<f64>,
}

/// The sizes of blocks that are already known, with the middle of their box, and which are leaves.
#[derive(Clone, Debug)]
pub(super) struct Sizes {
    pub(super) width: Vec<f64>,
    pub(super) height: Vec<f64>,
    pub(super) middle: Vec<f64>,
    pub(super) leaf: Vec<bool>,
}

impl Sizes {
    pub(super) fn new(count: usize) -> Self {
        Self {
            width: vec![0.0; count],
            height: vec![0.0; count],
            middle: vec![0.0; count],
            leaf: vec![true; count],
        }
    }

    pub(super) fn set(&mut self, vertex: usize, shape: &Shape, box_width: f64) {
        self.width[vertex] = shape.width;
        self.height[vertex] = shape.height;
        self.middle[vertex] = shape.box_x + box_width / 2.0;
        self.leaf[vertex] = shape.entries.is_empty();
    }

    /// All that is known of a branch.
    pub(super) fn of(&self, vertex: usize) -> (f64, f64, f64, bool) {
        (
            self.width[vertex],
            self.height[vertex],
            self.middle[vertex],
            self.leaf[vertex],
        )
    }

    /// The width and the height of a column.
    pub(super) fn column(&self, stack: &[usize]) -> (f64, f64) {
        let (mut width, mut height) = (0.0f64, -STACK_GAP);
        for &it in stack {
            width = width.max(self.width[it]);
            height += self.height[it] + STACK_GAP;
        }
        (width, height)
    }
}

impl Shape {
    /// Measures the block of `vertex` with these columns, given the height of its channel and the widths of its
    /// gutters. O(children).
    pub(super) fn measure(
        &mut self,
        body: &Body,
        of: (usize, &Columns),
        corridors: (f64, impl Fn(usize) -> f64),
        sizes: &Sizes,
    ) {
        let ((vertex, columns), (channel, gutter)) = (of, corridors);
        let (box_width, box_height) = body.sizes[vertex];
        self.gutters.clear();
        self.entries.clear();
        let (mut x, mut tallest) = (0.0, 0.0f64);
        let mut beside = gutter(0);
        for (column, stack) in columns.iter().enumerate() {
            let next = gutter(column + 1);
            let (width, height) = sizes.column(stack);
            tallest = tallest.max(height);
            let entry = if stack.len() == 1 {
                beside + sizes.middle[stack[0]]
            } else if columns.is_turned(column) {
                beside + width + next * share(columns, column + 1).0
            } else {
                beside * share(columns, column).1
            };
            self.gutters.push((x, beside));
            self.entries.push(x + entry);
            x += beside + width;
            beside = next;
        }
        self.gutters.push((x, beside));
        x += beside;
        self.box_x = box_left(body, vertex, columns, &self.entries);
        if self.box_x < 0.0 {
            let shift = std::mem::replace(&mut self.box_x, 0.0);
            let gutters = self.gutters.iter_mut().map(|it| &mut it.0);
            gutters.chain(&mut self.entries).for_each(|it| *it -= shift);
            x -= shift;
        }
        self.width = x.max(self.box_x + box_width);
        self.height = box_height + channel + tallest;
        if let Some(frame) = body.frame(vertex) {
            self.height += frame.bottom;
        }
    }
}

/// Where in a gutter the buses of the stacks on its left and on its right are, as parts of its width.
fn share(columns: &Columns, gutter: usize) -> (f64, f64) {
    match columns.buses(gutter) {
        (true, true) => (1.0 / 3.0, 2.0 / 3.0),
        _ => (0.5, 0.5),
    }
}

/// Where a box stands over its columns: in the middle, or flush left over a single stack.
fn box_left(body: &Body, vertex: usize, columns: &Columns, entries: &[f64]) -> f64 {
    if columns.is_empty() || !body.has_stems(vertex) {
        return 0.0;
    }
    let width = body.sizes[vertex].0;
    let mut main = entries.len();
    if body.is_junction(vertex) {
        let beside = |stack: &[usize]| !undercuts(body, vertex, stack[0]);
        main = columns.iter().take_while(|it| beside(it)).count();
        main = if main == 0 { entries.len() } else { main };
    }
    if main == 1 && columns.column(0).len() > 1 && !body.is_junction(vertex) {
        return 0.0;
    }
    f64::midpoint(entries[0], entries[main - 1]) - width / 2.0
}

/// Whether the stem of `child` is an undercut of the junction above it.
fn undercuts(body: &Body, above: usize, child: usize) -> bool {
    // A child hangs by the first arc from it to the vertex above that is an undercut, if there is one.
    body.undercutters.binary_search(&(above, child)).is_ok()
}

/// Puts every block in its place. O(V).
pub(super) fn place(body: &Body, forest: &Forest, plan: &Plan, corridors: &Corridors) -> Place {
    let count = body.ground + 1;
    let order = forest.top_down(body.ground);
    let mut sizes = Sizes::new(count);
    let mut shapes: Vec<Shape> = vec![Shape::default(); count];
    for &vertex in order.iter().rev() {
        let first = plan.first_gutter[vertex];
        let widths = (corridors.channel[vertex], |it| corridors.gutter[first + it]);
        let of = (vertex, &plan.columns[vertex]);
        shapes[vertex].measure(body, of, widths, &sizes);
        sizes.set(vertex, &shapes[vertex], body.sizes[vertex].0);
    }
    let mut place = Place {
        boxes: vec![Rect::default(); count],
        blocks: vec![Rect::default(); count],
        channel: vec![(0.0, 0.0); count],
        gutter: vec![(0.0, 0.0); plan.n_gutters],
        entry: vec![0.0; plan.n_gutters],
    };
    for &vertex in &order {
        place.settle(body, plan, corridors, (vertex, &shapes[vertex]));
        place.children(plan, vertex, &sizes);
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
        for (number, (x, width)) in shape.gutters.iter().enumerate() {
            self.gutter[first + number] = (block.x + x, *width);
        }
        for (number, x) in shape.entries.iter().enumerate() {
            self.entry[first + number] = block.x + x;
        }
    }

    /// Gives the children's blocks their corners.
    fn children(&mut self, plan: &Plan, vertex: usize, sizes: &Sizes) {
        let (top, channel) = self.channel[vertex];
        let columns = &plan.columns[vertex];
        for (column, stack) in columns.iter().enumerate() {
            let (gutter, beside) = self.gutter[plan.first_gutter[vertex] + column];
            let x = gutter + beside;
            let mut y = top + channel;
            let (width, _) = sizes.column(stack);
            for &child in stack {
                let x = x + columns.indent(column, width, sizes.width[child]);
                (self.blocks[child].x, self.blocks[child].y) = (x, y);
                y += sizes.height[child] + STACK_GAP;
            }
        }
    }
}
