//! A pixel picture: our SVG drawn by `resvg`, with only the embedded fonts.

use resvg::{tiny_skia, usvg};

use super::{MAX_PIXELS, RenderError};
use crate::layout::Drawing;

/// The longest side that image viewers are known to take.
const MAX_SIDE: f64 = 65_535.0;

/// The picture's size in pixels, or an error before any memory is taken.
pub(super) fn size(drawing: &Drawing, scale: f32) -> Result<(u32, u32), RenderError> {
    if !scale.is_finite() || scale <= 0.0 {
        return Err(RenderError::Scale(scale));
    }
    let scale = f64::from(scale);
    let (width, height) = (
        (drawing.width * scale).ceil().max(1.0),
        (drawing.height * scale).ceil().max(1.0),
    );
    let limit = too_many(drawing, width, height);
    if !(width <= MAX_SIDE && height <= MAX_SIDE) {
        return Err(limit);
    }
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are between 1 and 65 535"
    )]
    let (width, height) = (width as u32, height as u32);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        Err(limit)
    } else {
        Ok((width, height))
    }
}

/// That there would be too many pixels, with the largest scale of two digits behind the point that fits.
fn too_many(drawing: &Drawing, width: f64, height: f64) -> RenderError {
    #[allow(
        clippy::cast_precision_loss,
        reason = "the limit is far below two to the power of 52"
    )]
    let by_area = (MAX_PIXELS as f64 / (drawing.width * drawing.height)).sqrt();
    let by_side = MAX_SIDE / drawing.width.max(drawing.height);
    // Each side is rounded up to a pixel, for which a hundredth less makes room.
    let fitting = (by_area.min(by_side) * 100.0 - 0.1).floor() / 100.0;
    RenderError::TooManyPixels {
        width,
        height,
        fitting,
    }
}

/// Draws SVG text to a PNG of that size.
pub(super) fn png(
    svg: &str,
    (width, height): (u32, u32),
    scale: f32,
) -> Result<Vec<u8>, RenderError> {
    let tree = usvg::Tree::from_str(svg, &super::fonts::options())
        .map_err(|it| RenderError::Raster(it.to_string()))?;
    let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or(RenderError::TooManyPixels {
        width: width.into(),
        height: height.into(),
        fitting: 0.0,
    })?;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|it| RenderError::Raster(it.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_beyond_all_bounds_is_refused() {
        let drawing = Drawing {
            width: 2e4,
            height: 2e4,
            ..Drawing::default()
        };
        assert!(matches!(
            size(&drawing, 1.0),
            Err(RenderError::TooManyPixels { .. })
        ));
        assert!(matches!(
            size(&drawing, f32::NAN),
            Err(RenderError::Scale(_))
        ));
        assert!(size(&drawing, 0.1).is_ok());
    }

    #[test]
    fn the_scale_that_is_advised_is_small_enough() {
        for (width, height) in [(2e4, 2e4), (65_000.0, 40.0), (9_999.0, 123_456.0)] {
            let drawing = Drawing {
                width,
                height,
                ..Drawing::default()
            };
            let Err(RenderError::TooManyPixels { fitting, .. }) = size(&drawing, 2.0) else {
                panic!("{width} by {height} is too much");
            };
            let scale: f32 = fitting.to_string().parse().unwrap();
            assert!(size(&drawing, scale).is_ok(), "{scale}");
            assert!(size(&drawing, scale + 0.02).is_err(), "{scale}");
        }
    }
}
