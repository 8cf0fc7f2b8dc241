//! The columns of each list. Their keys are part of the interface: scripts read them.

use crate::sheet::Column;

const fn main(key: &'static str, title: &'static str) -> Column {
    Column { key, title, main: true }
}

const fn more(key: &'static str, title: &'static str) -> Column {
    Column { key, title, main: false }
}

pub const ACCOUNTS: &[Column] = &[
    main("id", "No."),
    main("name", "Name"),
    main("provider", "Kind"),
    more("address", "Address"),
    main("users", "Users"),
    main("groups", "Groups"),
    main("syncedAt", "Synced"),
    main("state", "Last sync"),
    more("signedIn", "Signed in"),
    more("sample", "Sample"),
];

pub const SYNC: &[Column] = &[
    main("account", "Account"),
    main("run", "Run"),
    main("state", "State"),
    main("complete", "Proved complete"),
    main("users", "Users"),
    main("usersAdded", "Joined"),
    main("usersChanged", "Changed"),
    main("usersRemoved", "Left"),
    main("groups", "Groups"),
    more("startedAt", "Started"),
    more("finishedAt", "Ended"),
    more("issues", "Unreadable"),
    more("error", "Error"),
];

pub const HUB: &[Column] = &[main("account", "Account"), main("figure", "Figure"), main("value", "Value")];

pub const API_USER_ROWS: &[Column] = &[
    main("line", "Line"),
    main("state", "State"),
    main("userName", "User name"),
    main("owner", "Operator"),
    more("ownerState", "Operator is"),
    more("type", "Type"),
    more("createdAt", "Created"),
    main("lastUsedAt", "Last used"),
    main("requests", "Requests in 30 days"),
    more("description", "Description"),
    main("reasons", "Why"),
];

pub const ROSTER_ROWS: &[Column] = &[
    main("line", "Line"),
    main("list", "List"),
    main("state", "State"),
    main("email", "Email"),
    main("name", "Name"),
    main("role", "Role"),
    main("date", "Date"),
    main("reasons", "Wrong"),
];

pub const USERS: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("displayName", "Name"),
    main("userName", "User name"),
    main("email", "Email"),
    main("active", "Active"),
    more("givenName", "First name"),
    more("familyName", "Last name"),
    more("title", "Title"),
    main("department", "Department"),
    more("organization", "Organization"),
    more("employeeNumber", "Number"),
    more("userType", "Type"),
    more("phone", "Phone"),
    more("locale", "Language"),
    more("externalId", "External id"),
    main("groups", "Groups"),
    main("createdAt", "Created"),
    more("modifiedAt", "Changed"),
    main("lastSignInAt", "Last sign-in"),
    more("invitedUntil", "Invited until"),
    more("neverSignedIn", "Never signed in"),
];

pub const GROUPS: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("displayName", "Name"),
    main("members", "Members"),
    main("dangling", "Gone members"),
    main("createdAt", "Created"),
    more("modifiedAt", "Changed"),
];

pub const MEMBERS: &[Column] = &[
    main("account", "Account"),
    more("groupId", "Group id"),
    main("group", "Group"),
    more("kind", "Kind"),
    more("memberId", "Member id"),
    main("member", "Member"),
    main("email", "Email"),
];

pub const ROLES: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("displayName", "Name"),
    more("description", "Description"),
    main("scope", "Held in"),
    main("holderKind", "Held by"),
    more("isDefault", "Given to new users"),
    main("holders", "Holders"),
    main("permissions", "Permissions"),
];

pub const HOLDERS: &[Column] = &[
    main("account", "Account"),
    more("roleId", "Role id"),
    main("role", "Role"),
    more("holderKind", "Held by"),
    more("holderId", "Holder id"),
    main("holder", "Holder"),
    main("email", "Email"),
    more("organizationId", "Organization id"),
    main("organization", "Organization"),
];

pub const APPLICATIONS: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("displayName", "Name"),
    more("description", "Description"),
    more("kind", "Kind"),
    main("managesAccount", "Manages the account"),
    main("roles", "Roles"),
    main("secrets", "Secrets"),
    main("oldestSecretAt", "Oldest secret"),
    main("firstExpiresAt", "First expires"),
    more("createdAt", "Created"),
];

pub const INVITATIONS: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("invitee", "Address"),
    main("state", "State"),
    more("status", "Status"),
    more("organizationId", "Organization id"),
    main("organization", "Organization"),
    more("inviterId", "Inviter id"),
    more("inviter", "Inviter"),
    main("roles", "Roles"),
    main("createdAt", "Sent"),
    main("expiresAt", "Expires"),
];

pub const TOKENS: &[Column] = &[
    main("account", "Account"),
    main("kind", "Kind"),
    more("type", "Type"),
    main("name", "Name"),
    more("description", "Description"),
    more("ownerKind", "Owned by"),
    more("ownerId", "Owner id"),
    main("owner", "Owner"),
    more("ownerEmail", "Email"),
    main("createdAt", "Created"),
    main("expiresAt", "Expires"),
    main("neverExpires", "Never expires"),
    main("lastUsedAt", "Last used"),
    more("neverUsed", "Never used"),
    more("requests", "Requests in 30 days"),
    more("state", "State"),
    main("importedAt", "Imported"),
];

pub const TOKEN_OWNERS: &[Column] = &[
    main("account", "Account"),
    more("ownerKind", "Owned by"),
    more("ownerId", "Owner id"),
    main("owner", "Owner"),
    more("ownerEmail", "Email"),
    main("ownerState", "Owner is"),
    main("tokens", "Tokens"),
    main("expired", "Expired"),
    main("expiring", "Expiring"),
    main("neverExpires", "Never expire"),
    main("nextExpiryAt", "Next expires"),
    main("lastUsedAt", "Last used"),
];

pub const LOG: &[Column] = &[
    main("account", "Account"),
    main("at", "Time"),
    main("event", "Event"),
    main("succeeded", "Succeeded"),
    more("userId", "User id"),
    main("user", "User"),
    more("identifier", "Typed"),
    more("applicationId", "Application id"),
    main("ip", "IP"),
    more("agent", "Browser"),
    main("error", "Error"),
];

pub const CHANGES: &[Column] = &[
    main("account", "Account"),
    main("at", "Learned"),
    more("run", "Run"),
    main("subject", "What"),
    main("action", "Action"),
    more("id", "Id"),
    main("name", "Name"),
    more("memberId", "Member id"),
    main("member", "Member"),
    main("field", "Field"),
    main("before", "Before"),
    main("after", "After"),
];

/// What waits: a row for each value, or one for what has none.
pub const PLAN: &[Column] = &[
    main("account", "Account"),
    main("change", "Change"),
    more("order", "Order"),
    main("state", "State"),
    more("subjectKind", "What"),
    more("subjectId", "Id"),
    main("subject", "Name"),
    main("edit", "Edit"),
    main("target", "Role or group"),
    main("item", "Token"),
    main("field", "Field"),
    main("before", "Before"),
    main("after", "After"),
    main("lost", "Lost"),
    more("asks", "To be confirmed"),
    main("needs", "Needs you"),
];

pub const RECEIPTS: &[Column] = &[
    main("account", "Account"),
    main("receipt", "Receipt"),
    main("startedAt", "Started"),
    more("finishedAt", "Ended"),
    main("state", "State"),
    main("applied", "Applied"),
    main("blocked", "Need you"),
    main("left", "Left"),
    more("error", "Error"),
];

pub const RECEIPT: &[Column] = &[
    main("account", "Account"),
    main("receipt", "Receipt"),
    main("change", "Change"),
    more("subjectKind", "What"),
    more("subjectId", "Id"),
    main("subject", "Name"),
    main("edit", "Edit"),
    main("target", "Role or group"),
    main("item", "Token"),
    more("values", "Values"),
    main("state", "State"),
    main("outcome", "Last call"),
    main("needs", "Needs you"),
    more("at", "Time"),
    more("signedInAs", "Signed in as"),
    more("person", "Person"),
];

pub const IMPORT: &[Column] = &[
    main("line", "Line"),
    main("state", "State"),
    main("name", "Name"),
    main("problem", "What is wrong"),
    main("column", "Column"),
    main("sameAs", "Same as line"),
    more("userId", "User id"),
    main("user", "User that is there"),
    more("change", "Change"),
];

pub const DIFFERENCES: &[Column] = &[
    main("account", "Account"),
    more("at", "Last learned"),
    main("subject", "What"),
    main("action", "Action"),
    more("id", "Id"),
    main("name", "Name"),
    more("memberId", "Member id"),
    main("member", "Member"),
    main("field", "Field"),
    main("before", "Before"),
    main("after", "After"),
    more("returned", "Gone in between"),
];

/// As those of [`USERS`], and what has become of each.
pub const PAST_USERS: &[Column] = &[
    main("account", "Account"),
    more("id", "Id"),
    main("displayName", "Name"),
    main("userName", "User name"),
    main("email", "Email"),
    main("active", "Active"),
    more("givenName", "First name"),
    more("familyName", "Last name"),
    more("title", "Title"),
    main("department", "Department"),
    more("organization", "Organization"),
    more("employeeNumber", "Number"),
    more("userType", "Type"),
    more("phone", "Phone"),
    more("locale", "Language"),
    more("externalId", "External id"),
    main("groups", "Groups"),
    main("createdAt", "Created"),
    more("modifiedAt", "Changed"),
    main("since", "Since then"),
];

pub const REMOVALS: &[Column] =
    &[main("account", "Account"), main("run", "Run"), main("name", "Would be removed")];
