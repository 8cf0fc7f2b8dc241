//! One edit: what a person wants to be different at a service, in the words of the directory, whatever the provider.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{GroupKind, HolderKind, InvitationMessage, OffDutyRule, RemoteId, Right, RoleScope, Timestamp};

/// Where what a role allows stands in an edit: the ids of its permissions, in any order.
pub const PERMISSIONS: &str = "permissions";

/// Where a time without alerts stands in an edit and in what is compared with it.
pub const OFF_DUTY: &str = "offDuty";

/// Where the description of a token stands in an edit and in what is compared with it.
pub const TOKEN_DESCRIPTION: &str = "description";

/// One value of a record that becomes another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldEdit {
    /// Where it stands in the record as the service sends it: `name.familyName`, `profile.address`, `customData`.
    pub path: String,
    /// What the person saw when they decided; `null` for nothing.
    #[ts(type = "unknown")]
    pub before: Value,
    /// What it becomes; `null` for nothing.
    #[ts(type = "unknown")]
    pub after: Value,
}

/// The password of a new user, or of one whose password is reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PasswordChoice {
    /// None: the person signs in another way, or sets one by themselves.
    None,
    /// Made when the edit is carried out, and shown once.
    Generated,
}

/// What a person wants to be different. Ids are the service's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Edit {
    /// A new user.
    CreateUser {
        /// Their values; `before` is `null` everywhere.
        fields: Vec<FieldEdit>,
        /// Whether with a password.
        password: PasswordChoice,
    },
    /// Other values of a user.
    UpdateUser {
        /// Whose.
        user: RemoteId,
        /// Which.
        fields: Vec<FieldEdit>,
    },
    /// Suspends a user, or lets them in again.
    SetUserActive {
        /// Whom.
        user: RemoteId,
        /// False suspends.
        active: bool,
    },
    /// A new generated password, shown once.
    ResetPassword {
        /// Whose.
        user: RemoteId,
    },
    /// The user must choose a new password at the next sign-in.
    ExpirePassword {
        /// Whose.
        user: RemoteId,
    },
    /// Deletes a user with everything that goes with them.
    DeleteUser {
        /// Whom.
        user: RemoteId,
    },
    /// Takes a social identity from a user.
    UnlinkIdentity {
        /// From whom.
        user: RemoteId,
        /// The service's name of the other service: `github`.
        target: String,
    },
    /// Signs a user out of one session.
    EndSession {
        /// Whom.
        user: RemoteId,
        /// Which session.
        session: String,
    },
    /// Takes back what a user allowed an application.
    RevokeGrant {
        /// Whose.
        user: RemoteId,
        /// Which grant.
        grant: String,
    },
    /// Removes a second factor.
    RemoveFactor {
        /// Whose.
        user: RemoteId,
        /// Which factor.
        factor: String,
    },
    /// A new role.
    CreateRole {
        /// Where it is held.
        scope: RoleScope,
        /// Who can hold it.
        holder_kind: HolderKind,
        /// Its values.
        fields: Vec<FieldEdit>,
        /// What it allows.
        permissions: Vec<RemoteId>,
    },
    /// Other values of a role.
    UpdateRole {
        /// Which.
        role: RemoteId,
        /// Where it is held.
        scope: RoleScope,
        /// What becomes different.
        fields: Vec<FieldEdit>,
    },
    /// Deletes a role, also where somebody holds it.
    DeleteRole {
        /// Which.
        role: RemoteId,
        /// Where it is held.
        scope: RoleScope,
    },
    /// Gives somebody a role.
    AssignRole {
        /// Which.
        role: RemoteId,
        /// To whom.
        holder: RemoteId,
        /// What the holder is.
        holder_kind: HolderKind,
        /// In which organisation; `None` for everywhere in the account.
        group: Option<RemoteId>,
    },
    /// Takes a role from somebody.
    UnassignRole {
        /// Which.
        role: RemoteId,
        /// From whom.
        holder: RemoteId,
        /// What the holder is.
        holder_kind: HolderKind,
        /// In which organisation; `None` for everywhere in the account.
        group: Option<RemoteId>,
    },
    /// A new group or organisation.
    CreateGroup {
        /// Which of them.
        group_kind: GroupKind,
        /// Its values.
        fields: Vec<FieldEdit>,
    },
    /// Other values of a group or organisation.
    UpdateGroup {
        /// Which.
        group: RemoteId,
        /// What it is.
        group_kind: GroupKind,
        /// What becomes different.
        fields: Vec<FieldEdit>,
    },
    /// Deletes a group or organisation; its members stay in the account.
    DeleteGroup {
        /// Which.
        group: RemoteId,
        /// What it is.
        group_kind: GroupKind,
    },
    /// Puts a user into a group or organisation.
    AddMember {
        /// Into which.
        group: RemoteId,
        /// What it is.
        group_kind: GroupKind,
        /// Whom.
        member: RemoteId,
    },
    /// Takes a user out of a group or organisation, with the roles they hold there.
    RemoveMember {
        /// Out of which.
        group: RemoteId,
        /// What it is.
        group_kind: GroupKind,
        /// Whom.
        member: RemoteId,
    },
    /// A new personal access token, its value shown once.
    CreateToken {
        /// Whose.
        owner: RemoteId,
        /// Unique for its owner.
        name: String,
        /// Until when it is good; `None` for one that never expires.
        expires_at: Option<Timestamp>,
    },
    /// Another name for a token.
    RenameToken {
        /// Whose.
        owner: RemoteId,
        /// Its name now.
        name: String,
        /// What it becomes.
        new_name: String,
    },
    /// Revokes a token: what uses it stops working at once.
    DeleteToken {
        /// Whose.
        owner: RemoteId,
        /// Its name.
        name: String,
    },
    /// A time in which a user gets no alerts, on the account's own clock.
    AddOffDuty {
        /// Who.
        user: RemoteId,
        /// When.
        rule: OffDutyRule,
    },
    /// Another time in the place of such a one.
    ChangeOffDuty {
        /// Whose.
        user: RemoteId,
        /// Which entry of the schedule, by its id in the account.
        period: RemoteId,
        /// When it was, as the person saw it.
        before: OffDutyRule,
        /// When it becomes.
        after: OffDutyRule,
    },
    /// Takes such a time out of the schedule.
    RemoveOffDuty {
        /// Whose.
        user: RemoteId,
        /// Which entry; `None` for one that says this, whichever it is.
        period: Option<RemoteId>,
        /// When it was.
        rule: OffDutyRule,
    },
    /// The same time for everybody who is in a group when it is sent. The group has no schedule of its own.
    AddGroupOffDuty {
        /// Which.
        group: RemoteId,
        /// When.
        rule: OffDutyRule,
    },
    /// Switches alerts of everybody who is in a group when it is sent.
    SetGroupActive {
        /// Which.
        group: RemoteId,
        /// False for no alerts.
        active: bool,
    },
    /// Gives a single right to a user or a group.
    GiveRight {
        /// Which, to whom and on what.
        right: Right,
    },
    /// Takes a single right back that was given to this very user or group.
    TakeRight {
        /// Which, from whom and on what.
        right: Right,
    },
    /// Another description of a token that is known by another name.
    DescribeToken {
        /// Whose.
        owner: RemoteId,
        /// Its name.
        name: String,
        /// What the person saw.
        before: String,
        /// What it becomes.
        after: String,
    },
    /// Asks somebody to become a member of a group or organisation.
    InviteUser {
        /// Of which.
        group: RemoteId,
        /// The e-mail address that is invited.
        invitee: String,
        /// Roles that the newcomer gets there, each once.
        roles: Vec<RemoteId>,
        /// Until when it can be accepted; `None` where the service decides.
        expires_at: Option<Timestamp>,
        /// What the service sends to that address; `None` for nothing.
        message: Option<InvitationMessage>,
    },
    /// Sends an invitation once more.
    ResendInvitation {
        /// Which.
        invitation: RemoteId,
        /// Until when it can be accepted from then on; `None` where sending it again does not move that.
        expires_at: Option<Timestamp>,
        /// What the service sends; `None` where sending is not its own work.
        message: Option<InvitationMessage>,
    },
    /// Takes an invitation back: nobody can accept it any more.
    RevokeInvitation {
        /// Which.
        invitation: RemoteId,
    },
    /// Deletes the record of an invitation, whatever became of it.
    DeleteInvitation {
        /// Which.
        invitation: RemoteId,
    },
    /// Notes that an invitation was accepted, where a person has to say so.
    AcceptInvitation {
        /// Which.
        invitation: RemoteId,
        /// Values of the new member; `before` is `null` everywhere.
        fields: Vec<FieldEdit>,
    },
    /// Notes a token that exists at the service, whose value nobody here knows.
    KeepToken {
        /// Whose.
        owner: RemoteId,
        /// Unique for its owner.
        name: String,
        /// Until when it is good; `None` for one that never expires.
        expires_at: Option<Timestamp>,
        /// Where it is used.
        used_where: Option<String>,
    },
}

/// What kind of edit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum EditKind {
    /// [`Edit::CreateUser`].
    CreateUser,
    /// [`Edit::UpdateUser`].
    UpdateUser,
    /// [`Edit::SetUserActive`].
    SetUserActive,
    /// [`Edit::ResetPassword`].
    ResetPassword,
    /// [`Edit::ExpirePassword`].
    ExpirePassword,
    /// [`Edit::DeleteUser`].
    DeleteUser,
    /// [`Edit::UnlinkIdentity`].
    UnlinkIdentity,
    /// [`Edit::EndSession`].
    EndSession,
    /// [`Edit::RevokeGrant`].
    RevokeGrant,
    /// [`Edit::RemoveFactor`].
    RemoveFactor,
    /// [`Edit::CreateRole`].
    CreateRole,
    /// [`Edit::UpdateRole`].
    UpdateRole,
    /// [`Edit::DeleteRole`].
    DeleteRole,
    /// [`Edit::AssignRole`].
    AssignRole,
    /// [`Edit::UnassignRole`].
    UnassignRole,
    /// [`Edit::CreateGroup`].
    CreateGroup,
    /// [`Edit::UpdateGroup`].
    UpdateGroup,
    /// [`Edit::DeleteGroup`].
    DeleteGroup,
    /// [`Edit::AddMember`].
    AddMember,
    /// [`Edit::RemoveMember`].
    RemoveMember,
    /// [`Edit::CreateToken`].
    CreateToken,
    /// [`Edit::RenameToken`].
    RenameToken,
    /// [`Edit::DeleteToken`].
    DeleteToken,
    /// [`Edit::AddOffDuty`].
    AddOffDuty,
    /// [`Edit::ChangeOffDuty`].
    ChangeOffDuty,
    /// [`Edit::RemoveOffDuty`].
    RemoveOffDuty,
    /// [`Edit::AddGroupOffDuty`].
    AddGroupOffDuty,
    /// [`Edit::SetGroupActive`].
    SetGroupActive,
    /// [`Edit::GiveRight`].
    GiveRight,
    /// [`Edit::TakeRight`].
    TakeRight,
    /// [`Edit::DescribeToken`].
    DescribeToken,
    /// [`Edit::InviteUser`].
    InviteUser,
    /// [`Edit::ResendInvitation`].
    ResendInvitation,
    /// [`Edit::RevokeInvitation`].
    RevokeInvitation,
    /// [`Edit::DeleteInvitation`].
    DeleteInvitation,
    /// [`Edit::AcceptInvitation`].
    AcceptInvitation,
    /// [`Edit::KeepToken`].
    KeepToken,
}

impl Edit {
    /// What kind of edit it is.
    pub const fn kind(&self) -> EditKind {
        match self {
            Self::CreateUser { .. } => EditKind::CreateUser,
            Self::UpdateUser { .. } => EditKind::UpdateUser,
            Self::SetUserActive { .. } => EditKind::SetUserActive,
            Self::ResetPassword { .. } => EditKind::ResetPassword,
            Self::ExpirePassword { .. } => EditKind::ExpirePassword,
            Self::DeleteUser { .. } => EditKind::DeleteUser,
            Self::UnlinkIdentity { .. } => EditKind::UnlinkIdentity,
            Self::EndSession { .. } => EditKind::EndSession,
            Self::RevokeGrant { .. } => EditKind::RevokeGrant,
            Self::RemoveFactor { .. } => EditKind::RemoveFactor,
            Self::CreateRole { .. } => EditKind::CreateRole,
            Self::UpdateRole { .. } => EditKind::UpdateRole,
            Self::DeleteRole { .. } => EditKind::DeleteRole,
            Self::AssignRole { .. } => EditKind::AssignRole,
            Self::UnassignRole { .. } => EditKind::UnassignRole,
            Self::CreateGroup { .. } => EditKind::CreateGroup,
            Self::UpdateGroup { .. } => EditKind::UpdateGroup,
            Self::DeleteGroup { .. } => EditKind::DeleteGroup,
            Self::AddMember { .. } => EditKind::AddMember,
            Self::RemoveMember { .. } => EditKind::RemoveMember,
            Self::CreateToken { .. } => EditKind::CreateToken,
            Self::RenameToken { .. } => EditKind::RenameToken,
            Self::DeleteToken { .. } => EditKind::DeleteToken,
            Self::AddOffDuty { .. } => EditKind::AddOffDuty,
            Self::ChangeOffDuty { .. } => EditKind::ChangeOffDuty,
            Self::RemoveOffDuty { .. } => EditKind::RemoveOffDuty,
            Self::AddGroupOffDuty { .. } => EditKind::AddGroupOffDuty,
            Self::SetGroupActive { .. } => EditKind::SetGroupActive,
            Self::GiveRight { .. } => EditKind::GiveRight,
            Self::TakeRight { .. } => EditKind::TakeRight,
            Self::DescribeToken { .. } => EditKind::DescribeToken,
            Self::InviteUser { .. } => EditKind::InviteUser,
            Self::ResendInvitation { .. } => EditKind::ResendInvitation,
            Self::RevokeInvitation { .. } => EditKind::RevokeInvitation,
            Self::DeleteInvitation { .. } => EditKind::DeleteInvitation,
            Self::AcceptInvitation { .. } => EditKind::AcceptInvitation,
            Self::KeepToken { .. } => EditKind::KeepToken,
        }
    }
}

impl EditKind {
    /// Whether doing it twice has the same effect as doing it once. One that is not is never sent again while its
    /// outcome is unknown: two messages to the same person are two.
    pub const fn is_idempotent(self) -> bool {
        !matches!(
            self,
            Self::CreateUser
                | Self::CreateRole
                | Self::CreateGroup
                | Self::CreateToken
                | Self::InviteUser
                | Self::ResendInvitation
                | Self::AddOffDuty
                | Self::AddGroupOffDuty
        )
    }
}
