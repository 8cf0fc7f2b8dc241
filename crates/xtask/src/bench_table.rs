//! The measured table, from the output of the bench program into the README.

use anyhow::{Context, Result};

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// The Markdown tables in an output, with an empty line between them; `None` when there is none.
pub fn tables_in(lines: &[String]) -> Option<String> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut inside = false;
    for line in lines {
        let is_row = line.starts_with('|');
        match blocks.last_mut() {
            Some(block) if is_row && inside => block.push(line),
            _ if is_row => blocks.push(vec![line]),
            _ => {}
        }
        inside = is_row;
    }
    let blocks: Vec<String> = blocks.iter().map(|block| block.join("\n")).collect();
    if blocks.is_empty() { None } else { Some(blocks.join("\n\n")) }
}

/// The text with the tables between its markers.
///
/// # Errors
/// A marker is missing; nothing is guessed then.
pub fn replaced(text: &str, tables: &str) -> Result<String> {
    let missing = || format!("the markers {BEGIN} and {END} are missing or in the wrong order");
    let (before, rest) = text.split_once(BEGIN).with_context(missing)?;
    let (_, after) = rest.split_once(END).with_context(missing)?;
    Ok(format!("{before}{BEGIN}\n\n{tables}\n\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn only_tables_are_taken_from_the_output() {
        let output = lines("seeding 100000 users\n| a | b |\n|---|---|\n| 1 | 2 |\n\nnote\n| c |\ndone");
        assert_eq!(tables_in(&output).as_deref(), Some("| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |"));
        assert_eq!(tables_in(&lines("nothing measured")), None);
    }

    #[test]
    fn the_table_replaces_what_stood_between_the_markers_and_nothing_else() {
        let readme = "# R\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nrest\n";
        let once = replaced(readme, "| new |").unwrap();
        assert_eq!(once, "# R\n<!-- bench:begin -->\n\n| new |\n\n<!-- bench:end -->\nrest\n");
        assert_eq!(replaced(&once, "| new |").unwrap(), once);
    }

    #[test]
    fn a_text_without_markers_is_left_alone() {
        for text in ["", "<!-- bench:begin -->", "<!-- bench:end --> <!-- bench:begin -->"] {
            assert!(replaced(text, "| new |").is_err(), "{text}");
        }
    }
}
