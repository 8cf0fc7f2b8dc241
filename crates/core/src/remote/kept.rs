//! A record of a user that was kept, read once more: what the columns of a list were when it had this content.

use serde_json::Value;

use super::{logto, roster, scim, uptrends};
use crate::model::{ProviderKind, Record, User};

/// The user that a kept record describes, as a listing of `provider` would have brought it; `None` for what is no record.
pub fn read_kept_user(provider: ProviderKind, record: Value) -> Option<User> {
    let record = match provider {
        ProviderKind::Scim => scim::read_user(record),
        ProviderKind::Logto => logto::read_user(&record),
        ProviderKind::Uptrends => uptrends::read_user(&record),
        ProviderKind::Roster => roster::read_user(&record),
    };
    match record? {
        Record::User(user) => Some(*user),
        Record::Group(_)
        | Record::Role(_)
        | Record::Assignment(_)
        | Record::Member(_)
        | Record::Invitation(_)
        | Record::Application(_)
        | Record::ApiUser(_)
        | Record::OffDutyPeriod(_)
        | Record::Resource(_)
        | Record::Grant(_)
        | Record::Recipients(_) => None,
    }
}
