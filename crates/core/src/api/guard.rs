//! What must be known or confirmed before a change is sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a person should know before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Guard {
    /// It touches what Rollcall itself signs in with: access may end.
    OwnCredential,
    /// It touches the very user that Rollcall signs in as.
    OwnUser,
    /// Nobody would hold this role any more.
    LastHolder {
        /// The role.
        role: String,
        /// The organisation in which it is held.
        group: Option<String>,
    },
    /// Many are touched at once: the list is the resolved one.
    ManySubjects {
        /// How many.
        count: u32,
    },
    /// It cannot be taken back.
    Irreversible,
    /// A value is shown once.
    SecretShownOnce,
    /// The address that is invited belongs to a member there already.
    MemberAlready {
        /// The member.
        name: String,
    },
    /// The address has an invitation there that can still be accepted.
    InvitedAlready,
    /// The account has a user of this address who is no member there: they could be added at once.
    UserAlready {
        /// The user.
        name: String,
    },
    /// Another connected account has a user of this address.
    UserElsewhere {
        /// The account's name.
        account: String,
    },
    /// There would be more members than the account may have.
    MembersLimit {
        /// How many it may have.
        limit: u32,
    },
    /// The service deletes what the member made, together with the member.
    DataLost {
        /// The member.
        name: String,
    },
    /// The organisation costs something else afterwards: an estimate without VAT, in whole cents a month.
    CostChange {
        /// Now.
        #[ts(type = "number")]
        before: i64,
        /// Once all of it is done.
        #[ts(type = "number")]
        after: i64,
        /// Currency: `EUR`.
        currency: String,
    },
    /// The invitation is older than it is good for.
    InvitationExpired {
        /// Since when, milliseconds UTC.
        #[ts(type = "number")]
        since: i64,
    },
    /// Somebody else owns the organisation afterwards, with the subscription and all data.
    OwnershipTransfer {
        /// Who owns it now, where that is known.
        from: Option<String>,
    },
    /// The person types this text.
    TypedConfirmation {
        /// Which.
        text: String,
    },
    /// Nobody would hold this right in the whole account any more.
    LastWithRight {
        /// The service's own word, an operator's.
        permission: String,
    },
    /// Whoever joins may do everything.
    FullRights,
    /// The holder keeps the right, because a group has it too.
    StillThroughGroup {
        /// The name of the group.
        group: String,
    },
}

/// A guard, and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GuardView {
    /// Names it when it is confirmed; the same for the same plan.
    pub key: String,
    /// What it is.
    pub guard: Guard,
    /// Nothing is sent before it is confirmed; otherwise it is only said.
    pub confirm: bool,
}

/// A guard that a person confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmationRequest {
    /// The guard's key.
    pub key: String,
    /// For a typed confirmation, what was typed.
    pub typed: Option<String>,
}
