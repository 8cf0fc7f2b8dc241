//! API users. The service's pages promise them, but no public contract that could be read names their fields: each is looked
//! for under several names, and what is not found under any is reported rather than shown as empty.

use serde_json::Value;

use super::super::canonical::{canonical, content_hash};
use super::convert::without_id;
use super::wire::{guid, number};
use crate::model::{
    ApiUser, LocalSeconds, Record, RemoteId, Secret, ServiceZone, Stream, SyncIssue, Timestamp,
};

/// A field that we want: our word for it, and the names under which it may stand.
struct Wanted {
    field: &'static str,
    names: &'static [&'static str],
}

const ID: Wanted = Wanted { field: "id", names: &["ApiUserGuid", "Guid", "Id"] };
const OWNER: Wanted = Wanted { field: "operator", names: &["OperatorGuid"] };
const USER_NAME: Wanted = Wanted { field: "userName", names: &["UserName"] };
const TYPE: Wanted = Wanted { field: "type", names: &["ApiAccessType", "AccessType", "ApiUserType", "Type"] };
const DESCRIPTION: Wanted = Wanted { field: "description", names: &["Description"] };
const CREATED: Wanted = Wanted { field: "created", names: &["CreatedDate", "CreationDate", "Created"] };
const LAST_USE: Wanted =
    Wanted { field: "lastUsed", names: &["LastUsedDate", "LastUsed", "LastUsedDateTime"] };
const REQUESTS: Wanted = Wanted {
    field: "requests",
    names: &["RequestsLast30Days", "NumberOfRequestsLast30Days", "RequestCountLast30Days", "RequestCount"],
};

const ALL: [&Wanted; 8] = [&ID, &OWNER, &USER_NAME, &TYPE, &DESCRIPTION, &CREATED, &LAST_USE, &REQUESTS];

impl Wanted {
    fn matches(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// The first of its names that has a value.
    fn find<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        let object = value.as_object()?;
        self.names.iter().find_map(|own| {
            object.iter().find(|(name, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        })
    }

    fn text(&self, value: &Value) -> Option<String> {
        self.find(value)?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// Our words for the fields that are in none of `names`.
pub fn unrecognised(names: &[&str]) -> Vec<String> {
    let missing = ALL.iter().filter(|wanted| !names.iter().any(|name| wanted.matches(name)));
    missing.map(|wanted| wanted.field.to_owned()).collect()
}

/// The id of the API user that signs in as `user_name`, and whose it is.
pub fn find_own(records: &[Value], user_name: &str) -> Option<(String, Option<String>)> {
    let own = records
        .iter()
        .find(|record| USER_NAME.text(record).is_some_and(|name| name.eq_ignore_ascii_case(user_name)))?;
    Some((id_of(own)?, guid(own, "OperatorGuid")))
}

/// Its id.
pub fn id_of(value: &Value) -> Option<String> {
    let id = ID.find(value)?;
    let id = id
        .as_str()
        .map(|id| id.trim().to_ascii_lowercase())
        .or_else(|| number(id).map(|id| id.to_string()))?;
    Some(id).filter(|id| !id.is_empty())
}

/// Takes the password out of the answer to the creation of one: it comes this once.
pub fn take_password(created: &mut Value) -> Option<Secret> {
    let object = created.as_object_mut()?;
    let name = object.keys().find(|name| name.eq_ignore_ascii_case("Password"))?.clone();
    match object.remove(&name)? {
        Value::String(password) => Some(Secret::new(password)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// One API user; its times are meant in `zone`, where that is known.
pub fn api_user(value: &Value, zone: Option<&ServiceZone>) -> Result<Record, SyncIssue> {
    let id = id_of(value).ok_or_else(|| without_id(Stream::ApiUsers))?;
    let (last_used_at, last_use_known) = last_use(value, zone);
    let raw = canonical(value);
    Ok(Record::ApiUser(Box::new(ApiUser {
        owner: RemoteId::new(guid(value, "OperatorGuid").unwrap_or_default()),
        user_name: USER_NAME.text(value).unwrap_or_else(|| id.clone()),
        access_type: TYPE.text(value),
        description: DESCRIPTION.text(value),
        created_at: CREATED.text(value).and_then(|text| time(&text, zone)),
        last_used_at,
        last_use_known,
        requests: REQUESTS.find(value).and_then(number).and_then(|count| u64::try_from(count).ok()),
        hash: content_hash(value, &raw),
        raw,
        remote_id: RemoteId::new(id),
    })))
}

/// When it was last used, and whether the service says so. Nothing at all may mean that it was never used or that it is
/// older than the counting: neither is said, so neither is shown.
fn last_use(value: &Value, zone: Option<&ServiceZone>) -> (Option<Timestamp>, bool) {
    match LAST_USE.text(value) {
        None => (None, false),
        Some(text) => match time(&text, zone) {
            Some(at) => (Some(at), true),
            None => {
                (None, text.to_ascii_lowercase().starts_with("not") || text.eq_ignore_ascii_case("never"))
            }
        },
    }
}

/// Times come without a zone and are taken as the account's.
fn time(text: &str, zone: Option<&ServiceZone>) -> Option<Timestamp> {
    match (LocalSeconds::parse(text), zone) {
        (Some(local), Some(zone)) if !text.ends_with(['Z', 'z']) => Some(zone.instant(local)),
        _ => Timestamp::parse(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> ApiUser {
        let Ok(Record::ApiUser(found)) = api_user(value, None) else { panic!("an API user") };
        *found
    }

    #[test]
    fn fields_are_found_under_any_of_their_names() {
        for value in [
            json!({"ApiUserGuid": "A", "OperatorGuid": "U", "UserName": "x", "ApiAccessType": "Generic",
                   "CreatedDate": "2026-01-02T03:04:05", "LastUsedDate": "2026-02-03T04:05:06",
                   "RequestsLast30Days": 12, "Description": "d"}),
            json!({"guid": "a", "operatorGuid": "u", "OperatorGuid": "u", "username": "x", "type": "Generic",
                   "creationDate": "2026-01-02T03:04:05", "lastUsedDateTime": "2026-02-03T04:05:06Z",
                   "requestCount": "12", "description": "d"}),
        ] {
            let found = read(&value);
            assert_eq!((found.remote_id.as_str(), found.owner.as_str()), ("a", "u"));
            assert_eq!((found.access_type.as_deref(), found.requests), (Some("Generic"), Some(12)));
            assert_eq!(found.created_at, Timestamp::parse("2026-01-02T03:04:05Z"));
            assert_eq!(found.last_used_at, Timestamp::parse("2026-02-03T04:05:06Z"));
        }
    }

    #[test]
    fn an_empty_last_use_is_not_called_never() {
        for (last, known) in [
            (json!(null), false),
            (json!("Unknown"), false),
            (json!("Not yet used"), true),
            (json!("Never"), true),
            (json!("2026-02-03T04:05:06"), true),
        ] {
            let found = read(&json!({"Id": 7, "LastUsed": last}));
            assert_eq!(found.last_use_known, known, "{last}");
        }
    }

    #[test]
    fn what_is_under_no_known_name_is_reported() {
        let names = ["ApiUserGuid", "OperatorGuid", "UserName", "Kind", "Description", "CreatedDate", "Used"];
        assert_eq!(unrecognised(&names), ["type", "lastUsed", "requests"]);
    }
}
