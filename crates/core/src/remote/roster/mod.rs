//! An organisation kept by hand, in the shape in which services bring theirs: records with their raw form, and what can be
//! edited. There is nobody to ask: who reads and writes them is the module `roster`.

mod editable;
mod records;

pub use editable::{AT_ONCE, capabilities};
pub use records::{group, invitation, member, read_user, record, role, time_text, user};
