//! The parts of RFC 7644 that name attributes: paths, filters (section 3.4.2.2) and projections (section 3.9). Pure.

mod eval;
mod lexer;
mod parser;
mod path;
mod projection;

pub use parser::Filter;
pub use path::{Column, Path, SortKey, get_ci, key_ci};
pub use projection::Projection;
