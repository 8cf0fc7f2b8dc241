//! Groups and their members (RFC 7643 section 4.2).

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Group, Reader, attribute, canonical, plain_text};
use crate::model::{ContentHash, GroupKind, MemberKind, Membership, RemoteId};

pub(super) fn convert(mut value: Value, reader: &mut Reader) -> Group {
    let common = reader.common(&value);
    let display_name = reader.text(&value, "displayName").unwrap_or_else(|| {
        reader.issue("displayName is missing: the id stands in for it".to_owned());
        reader.id.as_str().to_owned()
    });
    let members = read_members(take_members(&mut value), reader);
    let raw = canonical(&value);
    let hash = hash(&value, &raw, &members);
    Group {
        remote_id: reader.id.clone(),
        kind: GroupKind::Group,
        display_name,
        description: None,
        external_id: common.external_id,
        created_at: common.created_at,
        modified_at: common.modified_at,
        version: common.version,
        raw,
        hash,
        members,
    }
}

fn take_members(value: &mut Value) -> Value {
    let Some(object) = value.as_object_mut() else { return Value::Null };
    let name = object.keys().find(|key| key.eq_ignore_ascii_case("members")).cloned();
    name.and_then(|name| object.remove(&name)).unwrap_or_default()
}

fn read_members(value: Value, reader: &mut Reader) -> Vec<Membership> {
    let entries = match value {
        Value::Null => Vec::new(),
        Value::Array(entries) => entries,
        Value::Object(_) | Value::String(_) | Value::Number(_) => vec![value],
        Value::Bool(_) => {
            reader.issue("members is not a list".to_owned());
            Vec::new()
        }
    };
    let mut members = BTreeMap::new();
    let mut unusable = 0_u32;
    for entry in &entries {
        match read_member(entry) {
            Some(member) => {
                members.entry(member.member.clone()).or_insert(member);
            }
            None => unusable += 1,
        }
    }
    if unusable > 0 {
        reader.issue(format!("{unusable} of {} members have no id", entries.len()));
    }
    members.into_values().collect()
}

/// An entry of `members`; some services leave `value` out and give only the address, and some give only the id.
fn read_member(entry: &Value) -> Option<Membership> {
    let reference = attribute(entry, "$ref").and_then(Value::as_str);
    let id = attribute(entry, "value").map_or_else(|| plain_text(entry), plain_text).or_else(|| {
        let segment = reference?.trim_end_matches('/').rsplit('/').next()?;
        plain_text(&Value::from(segment))
    })?;
    let is_group = match attribute(entry, "type").and_then(Value::as_str) {
        Some(kind) => kind.eq_ignore_ascii_case("group"),
        None => reference.is_some_and(|reference| reference.contains("/Groups/")),
    };
    Some(Membership {
        member: RemoteId::new(id),
        kind: if is_group { MemberKind::Group } else { MemberKind::User },
        display: attribute(entry, "display").and_then(plain_text),
    })
}

/// Over the record and its members, which are sorted already.
fn hash(value: &Value, raw: &str, members: &[Membership]) -> ContentHash {
    let record = super::content_hash(value, raw);
    let mut bytes = record.as_bytes().to_vec();
    for member in members {
        // Lengths in front keep two neighbours from running into one another.
        for part in
            [member.member.as_str(), member.kind.as_str(), member.display.as_deref().unwrap_or_default()]
        {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
    }
    ContentHash::of(&bytes)
}
