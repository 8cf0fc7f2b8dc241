//! Why a service refuses an edit, where the window can say it better than the service.

/// Why a service refuses an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another one has this name.
    NameTaken,
    /// Another user signs in with this name.
    UserNameTaken,
    /// Another user has this e-mail address.
    EmailTaken,
    /// Another user has this phone number.
    PhoneTaken,
    /// Not an e-mail address.
    InvalidEmail,
    /// Not a phone number.
    InvalidPhone,
    /// Not a name for signing in.
    InvalidUserName,
    /// A value is of the wrong form.
    InvalidValue,
    /// A value is too long.
    TooLong,
    /// A time must be in the future.
    InThePast,
    /// Something that the edit names does not exist.
    UnknownRecord,
    /// The user is not a member of the organisation.
    NotAMember,
    /// The role is not one for holders of this kind.
    WrongRoleKind,
    /// Passwords do not expire at this service: its policy is off.
    PasswordExpirationOff,
    /// The service does not let this value be changed.
    ReadOnly,
    /// The service does not delete; suspending may do instead.
    CannotDelete,
    /// The service, or this release of it, cannot do this.
    NotSupported,
    /// The service sees nothing to change.
    NothingToChange,
    /// The user owns things that would go with them.
    OwnsThings,
    /// Somebody must hold the right, and this is the last one who does.
    LastHolder,
    /// The user is in an account below this one, and leaves that first.
    InSubAccount,
    /// The account has as many users as it may have.
    LimitReached,
    /// The address is a member already, or has an invitation that can still be accepted.
    InvitedAlready,
    /// The address belongs to a member.
    MemberAlready,
    /// The invitation was accepted, revoked or has expired.
    InvitationOver,
    /// The service has nothing set up that sends e-mails.
    NoMailConnector,
    /// What sends the service's e-mails has failed.
    MailFailed,
    /// The address was sent too many e-mails in a short time.
    TooManyMails,
}

impl Refusal {
    /// Stable name, for translation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NameTaken => "nameTaken",
            Self::UserNameTaken => "userNameTaken",
            Self::EmailTaken => "emailTaken",
            Self::PhoneTaken => "phoneTaken",
            Self::InvalidEmail => "invalidEmail",
            Self::InvalidPhone => "invalidPhone",
            Self::InvalidUserName => "invalidUserName",
            Self::InvalidValue => "invalidValue",
            Self::TooLong => "tooLong",
            Self::InThePast => "inThePast",
            Self::UnknownRecord => "unknownRecord",
            Self::NotAMember => "notAMember",
            Self::WrongRoleKind => "wrongRoleKind",
            Self::PasswordExpirationOff => "passwordExpirationOff",
            Self::ReadOnly => "readOnly",
            Self::CannotDelete => "cannotDelete",
            Self::NotSupported => "notSupported",
            Self::NothingToChange => "nothingToChange",
            Self::OwnsThings => "ownsThings",
            Self::LastHolder => "lastHolder",
            Self::InSubAccount => "inSubAccount",
            Self::LimitReached => "limitReached",
            Self::InvitedAlready => "invitedAlready",
            Self::MemberAlready => "memberAlready",
            Self::InvitationOver => "invitationOver",
            Self::NoMailConnector => "noMailConnector",
            Self::MailFailed => "mailFailed",
            Self::TooManyMails => "tooManyMails",
        }
    }

    /// One English sentence.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::NameTaken => "the name is in use already",
            Self::UserNameTaken => "another user signs in with this name",
            Self::EmailTaken => "another user has this e-mail address",
            Self::PhoneTaken => "another user has this phone number",
            Self::InvalidEmail => "the service does not take this as an e-mail address",
            Self::InvalidPhone => "the service does not take this as a phone number",
            Self::InvalidUserName => "the service does not take this as a user name",
            Self::InvalidValue => "the service does not take one of the values",
            Self::TooLong => "one of the values is too long for the service",
            Self::InThePast => "the time must be in the future",
            Self::UnknownRecord => "what the change is about does not exist at the service",
            Self::NotAMember => "the user is not a member of the organisation",
            Self::WrongRoleKind => "the role is not for holders of this kind",
            Self::PasswordExpirationOff => "passwords do not expire at this service",
            Self::ReadOnly => "the service does not let this value be changed",
            Self::CannotDelete => "the service does not delete this",
            Self::NotSupported => "the service cannot do this",
            Self::NothingToChange => "the service sees nothing to change",
            Self::OwnsThings => "the user owns things that would go with them",
            Self::LastHolder => "somebody must hold the right, and this is the last one who does",
            Self::InSubAccount => "the user is in an account below this one",
            Self::LimitReached => "the account has as many users as it may have",
            Self::InvitedAlready => "the address is invited already, or belongs to a member",
            Self::MemberAlready => "the address belongs to a member already",
            Self::InvitationOver => "the invitation was accepted, revoked or has expired",
            Self::NoMailConnector => "the service has nothing set up that sends e-mails",
            Self::MailFailed => "what sends the e-mails of the service has failed",
            Self::TooManyMails => "the address was sent too many e-mails in a short time",
        }
    }
}
