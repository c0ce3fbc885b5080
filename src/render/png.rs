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
    let limit = RenderError::TooManyPixels { width, height };
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
}
