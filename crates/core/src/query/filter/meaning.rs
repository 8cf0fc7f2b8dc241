//! What "has a value", "has none" and "is in the organisation" mean for each field.

use super::field::Field;
use super::tree::{Condition, CountField, Match, Node, NumberRange, Relation, TextField, TimeField};

/// The opposite.
pub fn not(node: Node) -> Node {
    Node::Not(Box::new(node))
}

/// In the organisation, or on record as of it.
pub fn organization(asked: Match) -> Node {
    Node::Or(vec![
        Node::Is(Condition::Named(Relation::Organization, asked.clone())),
        Node::Is(Condition::Text(TextField::Organization, asked)),
    ])
}

/// What "has a value" means for a field; `None` where it always or never has one.
pub fn known(field: &Field) -> Option<Node> {
    let condition = match field {
        Field::Text(column) => Condition::TextKnown(*column),
        Field::Named(relation) => Condition::Has(*relation),
        Field::Time(time) => Condition::TimeKnown(*time),
        Field::Count(count @ (CountField::Sessions | CountField::Identities)) => {
            Condition::Count(*count, NumberRange { from: 1, to: i64::MAX })
        }
        Field::Factors => Condition::Count(CountField::Factors, NumberRange { from: 1, to: i64::MAX }),
        Field::Invitation => Condition::TimeKnown(TimeField::InvitedUntil),
        Field::Raw(path) => Condition::RawKnown(path.clone()),
        Field::Organization => {
            return Some(Node::Or(vec![
                Node::Is(Condition::Has(Relation::Organization)),
                Node::Is(Condition::TextKnown(TextField::Organization)),
            ]));
        }
        Field::Count(CountField::Groups | CountField::Factors)
        | Field::Any
        | Field::Status
        | Field::Account
        | Field::Id
        | Field::Has => return None,
    };
    Some(Node::Is(condition))
}

/// What "has no value" means: for what must be asked for user by user, only where it was.
pub fn without(field: &Field, known: Node) -> Node {
    match field {
        Field::Factors => Node::Is(Condition::Count(CountField::Factors, NumberRange { from: 0, to: 0 })),
        Field::Count(count) => Node::Is(Condition::Count(*count, NumberRange { from: 0, to: 0 })),
        Field::Time(time @ (TimeField::TokenExpires | TimeField::TokenUsed)) => {
            Node::Is(Condition::TimeNever(*time))
        }
        Field::Time(
            TimeField::Created | TimeField::Modified | TimeField::LastSignIn | TimeField::InvitedUntil,
        )
        | Field::Invitation
        | Field::Any
        | Field::Text(_)
        | Field::Status
        | Field::Organization
        | Field::Named(_)
        | Field::Account
        | Field::Id
        | Field::Has
        | Field::Raw(_) => not(known),
    }
}
