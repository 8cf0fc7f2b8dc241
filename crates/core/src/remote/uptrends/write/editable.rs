//! What can be edited, with what limits.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::model::{ACCOUNT_DEFAULT, AccountFacts, EditKind, EditableField, FieldKind, FieldOption};

/// What everybody in the Administrators group can do. Passwords of existing operators, and names of API users, cannot be
/// changed by the API.
const EDITS: [EditKind; 16] = [
    EditKind::CreateUser,
    EditKind::UpdateUser,
    EditKind::SetUserActive,
    EditKind::DeleteUser,
    EditKind::CreateGroup,
    EditKind::UpdateGroup,
    EditKind::DeleteGroup,
    EditKind::AddMember,
    EditKind::RemoveMember,
    EditKind::AddOffDuty,
    EditKind::ChangeOffDuty,
    EditKind::RemoveOffDuty,
    EditKind::AddGroupOffDuty,
    EditKind::SetGroupActive,
    EditKind::GiveRight,
    EditKind::TakeRight,
];

/// What can be edited in an account of which this is known.
pub fn edits(facts: &AccountFacts) -> Vec<EditKind> {
    let mut edits = EDITS.to_vec();
    if !facts.api_users_hidden {
        edits.extend([EditKind::CreateToken, EditKind::DescribeToken, EditKind::DeleteToken]);
    }
    edits
}

fn field(path: &str, kind: FieldKind, required: bool) -> EditableField {
    EditableField { path: path.to_owned(), kind, required, max_length: None }
}

/// Values of an operator: a choice is offered where the account says what there is to choose.
pub fn user_fields(facts: &AccountFacts) -> Vec<EditableField> {
    let mut fields = vec![
        field("FullName", FieldKind::Text, true),
        field("Email", FieldKind::Email, true),
        field("MobilePhone", FieldKind::Phone, false),
        field("BackupEmail", FieldKind::Email, false),
        field("OperatorRole", FieldKind::Text, false),
    ];
    let choices = FLAGGED.iter().chain(&["SmsProvider", "DefaultDashboard"]);
    let offered = choices.filter(|path| facts.choices.get(**path).is_some_and(|all| !all.is_empty()));
    fields.extend(offered.map(|path| field(path, FieldKind::Choice, false)));
    fields
}

/// Values that count only beside a flag `…Specified`; with the flag alone they are the account's again.
pub const FLAGGED: [&str; 6] = [
    "CultureName",
    "TimeZoneId",
    "OutgoingPhoneNumberId",
    "UseNumericSender",
    "AllowNativeLogin",
    "AllowSingleSignon",
];

/// What can be chosen, as far as it is the same in every account.
pub fn fixed_choices() -> BTreeMap<String, Vec<FieldOption>> {
    let option = |value: Value| FieldOption { value, label: None };
    let words = |all: &[&str]| all.iter().map(|word| option(Value::from(*word))).collect::<Vec<_>>();
    // Nobody can see what is set: back to the account's is a choice of its own.
    let yes_or_no = || vec![option(ACCOUNT_DEFAULT.into()), option(true.into()), option(false.into())];
    BTreeMap::from([
        ("CultureName".to_owned(), words(&[ACCOUNT_DEFAULT, "en-US", "en-GB", "fr-FR", "de-DE", "nl-NL"])),
        ("UseNumericSender".to_owned(), yes_or_no()),
        ("AllowNativeLogin".to_owned(), yes_or_no()),
        ("AllowSingleSignon".to_owned(), yes_or_no()),
        (
            "SmsProvider".to_owned(),
            words(&[
                "UseAccountSetting",
                "SmsProviderEurope",
                "SmsProviderEurope2",
                "SmsProviderUSA",
                "SmsProviderInternational",
            ]),
        ),
        (
            "DefaultDashboard".to_owned(),
            words(&[
                "UseAccountSpecifiedDashboard",
                "AccountOverview",
                "AlertLog",
                "AvailabilitySummary",
                "ErrorsOverview",
                "ProbeLog",
                "ProbeStatus",
                "Operations",
                "PerformanceDetails",
                "PerformanceSummary",
                "TotalTimeTable",
                "UptimePerProbe",
                "UptimeTable",
            ]),
        ),
    ])
}

/// Values of an operator group.
pub fn group_fields() -> Vec<EditableField> {
    vec![field("Description", FieldKind::Text, true)]
}
