//! How good a picture is, as one number.

use super::engine::{Body, Picture};
use super::{Fit, Point};

/// What a crossing costs, in px of edge.
const CROSSING: f64 = 400.0;
/// What a corner costs.
const BEND: f64 = 6.0;
/// How strongly a larger picture is worse: shorter edges may take some room.
const EXTENT: f64 = 0.2;
/// Among more edges crossings are not counted, and the picture is not compacted: both take more than linear time.
pub(super) const DENSE: usize = 8000;

/// The cost of a picture: the length of its edges, corners and crossings, made worse by a shape that is wider
/// or higher than asked for.
pub(super) fn cost(body: &Body, picture: &Picture) -> f64 {
    let legs: usize = picture.routes.iter().map(|it| it.len() - 1).sum();
    let length: f64 = picture.routes.iter().map(|it| length(it)).sum();
    let bends = super::blocks::as_px(legs - picture.routes.len());
    let crossings = if picture.routes.len() <= DENSE {
        super::blocks::as_px(crossings(&picture.routes))
    } else {
        0.0
    };
    let block = picture.place.blocks[body.ground];
    (length + bends * BEND + crossings * CROSSING) * form(body, (block.width, block.height))
}

/// How much the shape of a picture makes it worse, as the reader sees it: its size on the page, and that it is wider
/// than asked for, or higher; without a page, higher than wide.
pub(super) fn form(body: &Body, extent: (f64, f64)) -> f64 {
    let is_sideways = body.options.direction.is_sideways();
    let (width, height, aspect) = if is_sideways {
        (extent.1, extent.0, 1.0 / body.aspect)
    } else {
        (extent.0, extent.1, body.aspect)
    };
    let (width, height) = (width + 40.0, (height + 40.0) * aspect);
    let extent = width.max(height) + 0.15 * (width + height);
    let off = width / height;
    let least = if body.options.fit == Fit::None {
        1.0 / aspect
    } else {
        1.0
    };
    extent.powf(EXTENT) * off.max(1.0).powi(2) * (least / off).max(1.0).sqrt()
}

/// The length of a polyline with upright and level legs.
pub(super) fn length(points: &[Point]) -> f64 {
    points
        .windows(2)
        .map(|it| (it[0].x - it[1].x).abs() + (it[0].y - it[1].y).abs())
        .sum()
}

/// How often two edges cross. O(L log L + pairs in the same range) for L legs.
pub(super) fn crossings(routes: &[Vec<Point>]) -> usize {
    let (mut upright, mut level) = (Vec::new(), Vec::new());
    for (edge, points) in routes.iter().enumerate() {
        for leg in points.windows(2) {
            if (leg[0].x - leg[1].x).abs() < 0.01 {
                upright.push((
                    leg[0].x,
                    leg[0].y.min(leg[1].y),
                    leg[0].y.max(leg[1].y),
                    edge,
                ));
            } else {
                level.push((
                    leg[0].y,
                    leg[0].x.min(leg[1].x),
                    leg[0].x.max(leg[1].x),
                    edge,
                ));
            }
        }
    }
    upright.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut count = 0;
    for (y, left, right, edge) in level {
        let from = upright.partition_point(|it| it.0 <= left);
        let inside = upright[from..].iter().take_while(|it| it.0 < right);
        count += inside
            .filter(|it| it.1 < y && y < it.2 && it.3 != edge)
            .count();
    }
    count
}
