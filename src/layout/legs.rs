//! The legs of a polyline.

use super::Point;

/// Drops points that repeat or lie on a straight leg.
pub(super) fn straighten(points: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    let near = |a: f64, b: f64| (a - b).abs() < 0.01;
    for &point in points {
        if kept
            .last()
            .is_some_and(|it| near(it.x, point.x) && near(it.y, point.y))
        {
            continue;
        }
        if let [.., a, b] = kept[..] {
            let upright = near(a.x, b.x) && near(b.x, point.x);
            let level = near(a.y, b.y) && near(b.y, point.y);
            if upright || level {
                kept.pop();
            }
        }
        kept.push(point);
    }
    if kept.len() == 1 {
        kept.push(kept[0]);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_leg_has_two_points() {
        let line = [0.0, 1.0, 1.0, 2.0].map(|y| Point { x: 5.0, y });
        assert_eq!(straighten(&line), vec![line[0], line[3]]);
    }
}
