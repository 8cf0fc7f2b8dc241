//! Wire to model, total: a record with an id always becomes one of ours; what cannot be read is left out and said.
//!
//! Sentences about problems name attributes, never their values.

use serde_json::{Value, json};

use super::super::canonical::{canonical, content_hash};
use super::wire::{guid, number, text};
use crate::model::{
    ContentHash, Grant, GrantHolder, Group, GroupKind, LocalSeconds, MemberKind, Membership, OffDutyPeriod,
    OffDutyRule, Recipient, RecipientKind, RecipientList, Record, RemoteId, Resource, ResourceKind, Stream,
    SyncIssue, User,
};

/// What stands for a record that has no id.
pub fn without_id(stream: Stream) -> SyncIssue {
    SyncIssue { stream, remote_id: None, problem: "a record has no id".to_owned() }
}

/// Reads a truth value, which some answers write as text.
fn truth(value: &Value, name: &str) -> Option<bool> {
    match value.get(name)? {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An operator. `IsOnDuty` is the service's switch "Active": whoever is not active gets no alerts, and can sign in all the same.
pub fn operator(value: &Value) -> Result<Record, SyncIssue> {
    let id = guid(value, "OperatorGuid").ok_or_else(|| without_id(Stream::Users))?;
    let email = text(value, "Email");
    let user_name = email.clone().unwrap_or_else(|| id.clone());
    let raw = canonical(value);
    Ok(Record::User(Box::new(User {
        display_name: text(value, "FullName").unwrap_or_else(|| user_name.clone()),
        user_name,
        given_name: None,
        family_name: None,
        email,
        phone: text(value, "MobilePhone"),
        active: truth(value, "IsOnDuty"),
        title: None,
        department: None,
        organization: None,
        employee_number: None,
        user_type: text(value, "OperatorRole").filter(|role| role != "Unspecified"),
        locale: text(value, "CultureName"),
        external_id: None,
        created_at: None,
        modified_at: None,
        last_sign_in_at: None,
        version: None,
        hash: content_hash(value, &raw),
        raw,
        remote_id: RemoteId::new(id),
    })))
}

/// An operator group with its members.
pub fn group(value: &Value, members: &[Value]) -> Result<Record, SyncIssue> {
    let id = guid(value, "OperatorGroupGuid").ok_or_else(|| without_id(Stream::Groups))?;
    let raw = canonical(value);
    let mut members: Vec<Membership> = members
        .iter()
        .filter_map(|member| guid(member, "OperatorGuid").or_else(|| plain_guid(member)))
        .map(|member| Membership { member: RemoteId::new(member), kind: MemberKind::User, display: None })
        .collect();
    members.sort();
    members.dedup();
    let mut bytes = raw.clone().into_bytes();
    for membership in &members {
        bytes.extend(membership.member.as_str().bytes().chain(*b"\n"));
    }
    Ok(Record::Group(Box::new(Group {
        kind: GroupKind::Group,
        display_name: text(value, "Description").unwrap_or_else(|| id.clone()),
        description: None,
        external_id: None,
        created_at: None,
        modified_at: None,
        version: None,
        hash: ContentHash::of(&bytes),
        raw,
        members,
        remote_id: RemoteId::new(id),
    })))
}

/// Some lists of ids are plain text.
fn plain_guid(value: &Value) -> Option<String> {
    value.as_str().map(|guid| guid.trim().to_ascii_lowercase()).filter(|guid| !guid.is_empty())
}

/// Where the id and the name of a resource stand.
const fn names_of(kind: ResourceKind) -> (&'static str, &'static [&'static str]) {
    match kind {
        ResourceKind::Monitor => ("MonitorGuid", &["Name"]),
        ResourceKind::MonitorGroup => ("MonitorGroupGuid", &["Description", "Name"]),
        ResourceKind::VaultSection => ("VaultSectionGuid", &["Name", "Description"]),
        ResourceKind::Integration => ("IntegrationGuid", &["Name", "Description"]),
        ResourceKind::AlertDefinition => ("AlertDefinitionGuid", &["AlertName", "Name", "Description"]),
    }
}

/// The id of a resource.
pub fn resource_id(kind: ResourceKind, value: &Value) -> Option<String> {
    guid(value, names_of(kind).0)
}

/// A resource; a group with what is in it.
pub fn resource(kind: ResourceKind, value: &Value, members: &[Value]) -> Result<Record, SyncIssue> {
    let id = resource_id(kind, value).ok_or_else(|| without_id(Stream::Resources))?;
    let mut members: Vec<RemoteId> = members
        .iter()
        .filter_map(|member| guid(member, "MonitorGuid").or_else(|| plain_guid(member)))
        .map(RemoteId::new)
        .collect();
    members.sort();
    members.dedup();
    let name = names_of(kind).1.iter().find_map(|name| text(value, name));
    let raw = canonical(value);
    let mut bytes = raw.clone().into_bytes();
    for member in &members {
        bytes.extend(member.as_str().bytes().chain(*b"\n"));
    }
    Ok(Record::Resource(Box::new(Resource {
        kind,
        display_name: name.unwrap_or_else(|| id.clone()),
        monitor_type: text(value, "MonitorType"),
        mode: text(value, "MonitorMode"),
        active: truth(value, "IsActive"),
        is_all: truth(value, "IsAll") == Some(true),
        members,
        hash: ContentHash::of(&bytes),
        raw,
        remote_id: RemoteId::new(id),
    })))
}

/// A right that an operator or a group has in the whole account: the lists are plain words.
pub fn account_grant(value: &Value, holder: (GrantHolder, &str)) -> Option<Record> {
    let permission = value.as_str().map(str::to_owned).or_else(|| text(value, "AuthorizationType"))?;
    let holder = (holder.0, RemoteId::new(holder.1));
    Some(Record::Grant(Box::new(Grant::new(None, permission, holder, None))))
}

/// A right on the resource `id`.
pub fn resource_grant(value: &Value, id: &str) -> Option<Record> {
    let permission = text(value, "AuthorizationType")?;
    let holder = match (guid(value, "OperatorGuid"), guid(value, "OperatorGroupGuid")) {
        (Some(user), _) => (GrantHolder::User, RemoteId::new(user)),
        (None, Some(group)) => (GrantHolder::Group, RemoteId::new(group)),
        (None, None) => (GrantHolder::Group, RemoteId::new(guid(value, "OperatorGroupId")?)),
    };
    let remote_id = text(value, "AuthorizationId").or_else(|| text(value, "AuthorizationGuid"));
    let resource = Some(RemoteId::new(id));
    Some(Record::Grant(Box::new(Grant::new(resource, permission, holder, remote_id.map(RemoteId::new)))))
}

/// Who is alerted at one level of an alert definition, and what to say of a member that names nobody.
pub fn level(definition: &str, level: u8, members: &[Value]) -> (Record, Option<SyncIssue>) {
    let member = |value: &Value| {
        let (kind, id) = match (guid(value, "OperatorGuid"), guid(value, "OperatorGroupGuid")) {
            (Some(user), _) => (RecipientKind::User, user),
            (None, Some(group)) => (RecipientKind::Group, group),
            (None, None) => return None,
        };
        Some(Recipient { kind, id: RemoteId::new(id) })
    };
    let recipients: Vec<Recipient> = members.iter().filter_map(member).collect();
    let issue = (recipients.len() < members.len()).then(|| SyncIssue {
        stream: Stream::Recipients,
        remote_id: Some(RemoteId::new(definition)),
        problem: "a member of an escalation level names nobody".to_owned(),
    });
    let list = RecipientList::new(RemoteId::new(definition), level, recipients);
    (Record::Recipients(Box::new(list)), issue)
}

/// The id of an entry of `user`'s schedule: entries count from 1 in the whole service, but nothing says so.
fn period_id(user: &str, value: &Value) -> Option<RemoteId> {
    let id = value.get("Id")?;
    let id = number(id).map(|id| id.to_string()).or_else(|| id.as_str().map(str::to_owned))?;
    Some(RemoteId::new(format!("{user}:{id}")))
}

/// An entry of an operator's schedule.
pub fn period(value: &Value, user: &str) -> Result<(Record, Option<SyncIssue>), SyncIssue> {
    let stream = Stream::OffDutyPeriods;
    let remote_id = period_id(user, value).ok_or_else(|| without_id(stream))?;
    let rule = rule(value);
    let issue = match &rule {
        Ok(_) => None,
        Err(problem) => {
            Some(SyncIssue { stream, remote_id: Some(remote_id.clone()), problem: (*problem).to_owned() })
        }
    };
    let raw = canonical(value);
    let word = text(value, "ScheduleMode").unwrap_or_default();
    let record = Record::OffDutyPeriod(Box::new(OffDutyPeriod {
        user: RemoteId::new(user),
        rule: rule.unwrap_or(OffDutyRule::Unknown { word }),
        hash: content_hash(value, &raw),
        raw,
        remote_id,
    }));
    Ok((record, issue))
}

fn rule(value: &Value) -> Result<OffDutyRule, &'static str> {
    let minute =
        |name: &str| minute_of(value, name).ok_or("a time of day of an off-duty period cannot be read");
    match text(value, "ScheduleMode").as_deref() {
        Some("OneTime") => {
            let moment = |name: &str| text(value, name).and_then(|text| LocalSeconds::parse(&text));
            match (moment("StartDateTime"), moment("EndDateTime")) {
                (Some(start), Some(end)) => Ok(OffDutyRule::OneTime { start, end }),
                _ => Err("start or end of an off-duty period cannot be read"),
            }
        }
        Some("Daily") => Ok(OffDutyRule::Daily { start: minute("StartTime")?, end: minute("EndTime")? }),
        Some("Weekly") => {
            let day = text(value, "WeekDay").unwrap_or_default();
            let weekday = DAYS.iter().position(|name| day.eq_ignore_ascii_case(name));
            let weekday = weekday.and_then(|day| u8::try_from(day).ok());
            let weekday = weekday.ok_or("the day of an off-duty period is not known")?;
            Ok(OffDutyRule::Weekly { weekday, start: minute("StartTime")?, end: minute("EndTime")? })
        }
        Some("Monthly") => {
            let day = value.get("MonthDay").and_then(number).filter(|day| (1..=31).contains(day));
            let day = day.and_then(|day| u8::try_from(day).ok());
            let day = day.ok_or("the day of an off-duty period is not known")?;
            Ok(OffDutyRule::Monthly { day, start: minute("StartTime")?, end: minute("EndTime")? })
        }
        _ => Err("the kind of an off-duty period is not known: it counts as no absence"),
    }
}

/// Days of the week by the service's names.
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// An entry as the service takes it: only the fields of its mode. `None` for one that this program does not know.
pub fn period_body(rule: &OffDutyRule, id: Option<i64>) -> Option<Value> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut body = match rule {
        OffDutyRule::OneTime { start, end } => json!({
            "ScheduleMode": "OneTime", "StartDateTime": start.to_string(), "EndDateTime": end.to_string(),
        }),
        OffDutyRule::Daily { start, end } => {
            json!({ "ScheduleMode": "Daily", "StartTime": clock(*start), "EndTime": clock(*end) })
        }
        OffDutyRule::Weekly { weekday, start, end } => json!({
            "ScheduleMode": "Weekly", "WeekDay": DAYS.get(usize::from(*weekday))?,
            "StartTime": clock(*start), "EndTime": clock(*end),
        }),
        OffDutyRule::Monthly { day, start, end } => json!({
            "ScheduleMode": "Monthly", "MonthDay": day, "StartTime": clock(*start), "EndTime": clock(*end),
        }),
        OffDutyRule::Unknown { .. } => return None,
    };
    if let (Some(id), Some(body)) = (id, body.as_object_mut()) {
        body.insert("Id".to_owned(), json!(id));
    }
    Some(body)
}

/// `18:00` or `18:00:00`.
fn minute_of(value: &Value, name: &str) -> Option<u16> {
    let text = text(value, name)?;
    let mut parts = text.split(':').map(|part| part.trim().parse::<u16>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(value: &Value) -> User {
        let Ok(Record::User(user)) = operator(value) else { panic!("an operator") };
        *user
    }

    #[test]
    fn an_operator_that_says_little_is_still_somebody() {
        let bo = user(
            &json!({"OperatorGuid": "2B", "Email": "bo@example.com", "IsOnDuty": false, "MobilePhone": ""}),
        );
        assert_eq!((bo.remote_id.as_str(), bo.display_name.as_str()), ("2b", "bo@example.com"));
        assert_eq!((bo.active, bo.phone), (Some(false), None));
        let nobody = user(&json!({"OperatorGuid": "2c", "OperatorRole": "Unspecified"}));
        assert_eq!((nobody.user_name.as_str(), nobody.active, nobody.user_type), ("2c", None, None));
        assert!(operator(&json!({"FullName": "No id"})).is_err());
    }

    #[test]
    fn members_of_a_group_may_be_objects_or_plain_ids() {
        let value = json!({"OperatorGroupGuid": "g", "Description": "Night watch"});
        let members = [json!({"OperatorGuid": "B"}), json!("a"), json!({"OperatorGuid": "b"})];
        let Ok(Record::Group(group)) = group(&value, &members) else { panic!("a group") };
        let ids: Vec<_> = group.members.iter().map(|edge| edge.member.as_str()).collect();
        assert_eq!((group.display_name.as_str(), ids), ("Night watch", vec!["a", "b"]));
    }

    #[test]
    fn each_kind_of_off_duty_period_is_read() {
        for (value, expected) in [
            (
                json!({"Id": 1, "ScheduleMode": "Weekly", "WeekDay": "Friday", "StartTime": "18:00", "EndTime": "08:00"}),
                OffDutyRule::Weekly { weekday: 5, start: 1080, end: 480 },
            ),
            (
                json!({"Id": 1, "ScheduleMode": "Daily", "StartTime": "22:00:00", "EndTime": "23:59"}),
                OffDutyRule::Daily { start: 1320, end: 1439 },
            ),
            (
                json!({"Id": 1, "ScheduleMode": "Monthly", "MonthDay": 31, "StartTime": "00:00", "EndTime": "12:00"}),
                OffDutyRule::Monthly { day: 31, start: 0, end: 720 },
            ),
            (
                json!({"Id": 1, "ScheduleMode": "OneTime", "StartDateTime": "2026-12-24T12:00:00", "EndDateTime": "2027-01-02T08:00:00"}),
                OffDutyRule::OneTime {
                    start: LocalSeconds::parse("2026-12-24T12:00:00").unwrap(),
                    end: LocalSeconds::parse("2027-01-02T08:00:00").unwrap(),
                },
            ),
        ] {
            let Ok((Record::OffDutyPeriod(period), None)) = period(&value, "u") else { panic!("{value}") };
            assert_eq!(period.rule, expected);
            let written = period_body(&expected, Some(1)).unwrap();
            let Ok((Record::OffDutyPeriod(again), None)) = super::period(&written, "u") else {
                panic!("{written}")
            };
            assert_eq!(again.rule, expected, "what is written is what is read");
        }
    }

    #[test]
    fn a_period_of_an_unknown_kind_is_kept_and_said() {
        let value = json!({"Id": 9, "ScheduleMode": "Yearly"});
        let Ok((Record::OffDutyPeriod(period), Some(issue))) = period(&value, "u") else { panic!("kept") };
        assert_eq!(period.rule, OffDutyRule::Unknown { word: "Yearly".to_owned() });
        assert!(issue.problem.contains("not known"));
        assert_eq!(period.remote_id.as_str(), "u:9");
    }

    #[test]
    fn a_level_has_operators_and_groups_and_says_who_is_neither() {
        let members = [
            json!({"OperatorGroupGuid": "G"}),
            json!({"OperatorGuid": "B"}),
            json!({"OperatorGuid": "b"}),
            json!({"Name": "?"}),
        ];
        let (Record::Recipients(list), issue) = level("d", 2, &members) else { panic!("a list") };
        let found: Vec<_> = list.recipients.iter().map(|member| (member.kind, member.id.as_str())).collect();
        assert_eq!(found, [(RecipientKind::User, "b"), (RecipientKind::Group, "g")]);
        assert_eq!((list.resource.as_str(), list.level), ("d", 2));
        assert!(issue.is_some_and(|issue| issue.problem.contains("names nobody")));
        let (Record::Recipients(empty), None) = level("d", 3, &[]) else { panic!("a list") };
        assert!(empty.recipients.is_empty(), "an empty list is one that was shown");
    }

    #[test]
    fn a_grant_names_an_operator_or_a_group() {
        let by_group =
            json!({"AuthorizationId": "A1", "AuthorizationType": "EditMonitor", "OperatorGroupGuid": "G"});
        let Some(Record::Grant(grant)) = resource_grant(&by_group, "m") else { panic!("a grant") };
        assert_eq!((grant.holder_kind, grant.holder.as_str()), (GrantHolder::Group, "g"));
        assert_eq!(grant.remote_id, Some(RemoteId::new("A1")));
        assert_eq!(resource_grant(&json!({"AuthorizationType": "EditMonitor"}), "m"), None);
        let Some(Record::Grant(own)) = account_grant(&json!("TechnicalContact"), (GrantHolder::User, "u"))
        else {
            panic!("a grant")
        };
        assert_eq!((own.permission.as_str(), own.resource), ("TechnicalContact", None));
    }
}
