//! Limits that are numbers.

use super::error::{FilterError, FilterErrorCode, Span};
use super::lexer::Compare;
use super::tree::NumberRange;

/// What a number, a comparison or a range of numbers asks for.
pub fn range(compare: Compare, typed: &str, text: &str, span: Span) -> Result<NumberRange, FilterError> {
    let number = |typed: &str| {
        typed.parse::<i64>().map_err(|_| FilterError::new(FilterErrorCode::BadNumber, text, span))
    };
    let all = NumberRange { from: i64::MIN, to: i64::MAX };
    if let Some((from, to)) = typed.split_once("..").filter(|_| matches!(compare, Compare::Plain)) {
        let from = if from.is_empty() { i64::MIN } else { number(from)? };
        let to = if to.is_empty() { i64::MAX } else { number(to)? };
        if from > to {
            return Err(FilterError::new(FilterErrorCode::BackwardRange, text, span));
        }
        return Ok(NumberRange { from, to });
    }
    let number = number(typed)?;
    Ok(match compare {
        Compare::Plain | Compare::Whole => NumberRange { from: number, to: number },
        Compare::Less => NumberRange { to: number.saturating_sub(1), ..all },
        Compare::LessOrEqual => NumberRange { to: number, ..all },
        Compare::Greater => NumberRange { from: number.saturating_add(1), ..all },
        Compare::GreaterOrEqual => NumberRange { from: number, ..all },
    })
}
