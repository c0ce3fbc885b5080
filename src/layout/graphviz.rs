//! Pictures by an installed Graphviz, for readers who want its layout.

use std::io::ErrorKind;

/// What Graphviz is to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// A vector picture.
    Svg,
    /// A pixel picture.
    Png,
}

/// Why Graphviz gave no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphvizError {
    /// There is no program `dot` on this machine.
    Absent,
    /// The program ran and complained, or could not be run.
    Failed(String),
}

impl std::fmt::Display for GraphvizError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Absent => write!(
                f,
                "the program `dot` of the package `graphviz` is not installed"
            ),
            Self::Failed(why) => write!(f, "`dot` failed: {}", why.trim()),
        }
    }
}

impl std::error::Error for GraphvizError {}

/// Something that runs `dot` on DOT text.
///
/// It is a parameter so that this room stays free of the world: `cli` passes one that starts the program, tests a fake.
pub type Run<'a> = &'a dyn Fn(String, Output) -> std::io::Result<Vec<u8>>;

/// Draws DOT text with Graphviz. The time is that of `dot`: more than linear, minutes at 10 000 boxes.
pub fn draw(dot: &str, output: Output, run: Run<'_>) -> Result<Vec<u8>, GraphvizError> {
    match run(dot.to_owned(), output) {
        Ok(bytes) if bytes.is_empty() => Err(GraphvizError::Failed("it wrote nothing".to_owned())),
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(GraphvizError::Absent),
        Err(error) => Err(GraphvizError::Failed(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_program_is_named_with_its_package() {
        let absent = |_, _| Err(std::io::Error::from(ErrorKind::NotFound));
        let error = draw("digraph {}", Output::Svg, &absent).unwrap_err();
        assert_eq!(error, GraphvizError::Absent);
        assert_eq!(
            error.to_string(),
            "the program `dot` of the package `graphviz` is not installed"
        );
    }

    #[test]
    fn what_the_program_complains_about_is_passed_on() {
        let failing = |_, _| Err(std::io::Error::other("syntax error in line 1\n"));
        let error = draw("digraph {", Output::Png, &failing).unwrap_err();
        assert_eq!(error.to_string(), "`dot` failed: syntax error in line 1");
    }
}
