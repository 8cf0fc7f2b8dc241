//! Uptrends; writing.
//!
//! Reading order: [`calls`] (an edit becomes a request; pure), [`editable`] (what can be edited at all), [`duty`] and
//! [`rights`] (what there is of them), [`refusals`] (what the service's own words mean).
//!
//! The service has no versions: the last one to write wins, so an edit sends as little as it can. 403 on operators is its
//! word for "not valid" as often as for "not allowed": its own message is what reaches the person.

mod calls;
mod duty;
mod editable;
mod refusals;
mod rights;

use async_trait::async_trait;
use serde_json::{Value, json};

pub use editable::{edits, fixed_choices, group_fields, user_fields};

use super::super::http::{Answer, ClientSettings, Undecoded, Write};
use super::super::{
    CarriedOut, Current, DirectoryWrite, ReadBack, Refusal, RemoteError, WriteError, password,
};
use super::lists::Lists;
use super::session::Session;
use super::{api_users, wire};
use crate::model::{
    Account, ApiUser, Credential, Edit, EditKind, FieldConflict, PasswordChoice, Record, RemoteId, Secret,
    Stream, TOKEN_DESCRIPTION, fold,
};
use calls::Call;

/// One Uptrends account, for applying changes.
pub struct UptrendsWriter {
    lists: Lists,
}

impl UptrendsWriter {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        Ok(Self { lists: Lists::new(Session::new(account, credential, settings)?) })
    }

    async fn record(&self, stream: Stream, id: &RemoteId) -> Result<Current, RemoteError> {
        let raw = match self.lists.find(stream, id).await? {
            Some(Record::User(user)) => user.raw,
            Some(Record::Group(group)) => group.raw,
            _ => return Ok(Current::Absent),
        };
        Ok(serde_json::from_str(&raw).map_or(Current::Absent, |raw| Current::Record { raw, version: None }))
    }

    /// An operator who signs in with the address that the new one is to have.
    async fn operator_in_the_way(&self, edit: &Edit) -> Result<Current, RemoteError> {
        let Edit::CreateUser { fields, .. } = edit else { return Ok(Current::Absent) };
        let wanted = fields.iter().find(|field| field.path == "Email").and_then(|field| field.after.as_str());
        let Some(wanted) = wanted.map(fold) else { return Ok(Current::Absent) };
        let page = self.lists.whole(Stream::Users).await?;
        for record in page.records {
            if let Record::User(user) = record
                && user.email.as_deref().map(fold).as_ref() == Some(&wanted)
            {
                return self.record(Stream::Users, &user.remote_id).await;
            }
        }
        Ok(Current::Absent)
    }

    async fn is_member(&self, group: &RemoteId, member: &RemoteId) -> Result<Current, RemoteError> {
        let found = match self.lists.find(Stream::Groups, group).await? {
            Some(Record::Group(group)) => group.members.iter().any(|own| own.member == *member),
            _ => false,
        };
        Ok(if found { Current::Present } else { Current::Absent })
    }

    /// The API user of `owner` that signs in as `name`.
    async fn token(&self, owner: &RemoteId, name: &str) -> Result<Option<ApiUser>, RemoteError> {
        let page = self.lists.whole(Stream::ApiUsers).await?;
        Ok(page.records.into_iter().find_map(|record| {
            let Record::ApiUser(found) = record else { return None };
            (found.owner == *owner && found.user_name == name).then_some(*found)
        }))
    }

    /// The id of what `edit` names by something else, where the service wants it; the others have none.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is not named says itself all that the service wants"
    )]
    async fn item(&self, edit: &Edit) -> Result<Item, RemoteError> {
        let found = match edit {
            Edit::DeleteToken { owner, name } | Edit::DescribeToken { owner, name, .. } => {
                self.token(owner, name).await?.map(|token| token.remote_id)
            }
            Edit::RemoveOffDuty { user, period, rule } => {
                duty::find(&self.lists, user, period.as_ref(), rule).await?.map(|period| period.remote_id)
            }
            Edit::TakeRight { right } if right.resource.is_some() => {
                rights::find(&self.lists, right).await?.and_then(|grant| grant.remote_id)
            }
            _ => return Ok(Item::None),
        };
        Ok(found.map_or(Item::Gone, Item::Is))
    }

    async fn send(&self, call: &Call, kind: EditKind) -> Result<CarriedOut, WriteError> {
        let session = &self.lists.session;
        let write = Write {
            method: call.method.clone(),
            url: session.url(call.path.iter().map(String::as_str)),
            template: call.template,
            body: call.body.as_ref(),
            if_match: None,
            repeat: kind.is_idempotent(),
            is_final: None,
        };
        session.write(write, |answer| self.read(call, answer)).await
    }

    fn read(&self, call: &Call, answer: &Answer) -> Result<CarriedOut, Undecoded> {
        let words = self.lists.session.words();
        if !answer.is_success() || answer.is_web_page() {
            if call.gone_is_done && answer.status == 404 && !answer.is_web_page() {
                return Ok(CarriedOut::default());
            }
            return Err(Undecoded::Final(
                refusals::read(answer, call.template, words.find(answer))
                    .unwrap_or_else(|| words.refusal(answer, call.template)),
            ));
        }
        let Some(id_in) = call.id_in else { return Ok(CarriedOut::default()) };
        let mut created = wire::with_secrets(answer, call.template, words)?;
        let secret = api_users::take_password(&mut created);
        if let Some(secret) = &secret {
            // Into the list of what is taken out of quotations.
            words.add_passing(secret.expose());
        }
        let id =
            if id_in == "ApiUserGuid" { api_users::id_of(&created) } else { wire::guid(&created, id_in) };
        Ok(CarriedOut { created: id.map(RemoteId::new), secret, touched: None })
    }
}

#[async_trait]
impl DirectoryWrite for UptrendsWriter {
    async fn current(&self, edit: &Edit) -> Result<Current, RemoteError> {
        match edit {
            Edit::CreateUser { .. } => self.operator_in_the_way(edit).await,
            Edit::UpdateUser { user, .. } | Edit::SetUserActive { user, .. } | Edit::DeleteUser { user } => {
                self.record(Stream::Users, user).await
            }
            Edit::UpdateGroup { group, .. } | Edit::DeleteGroup { group, .. } => {
                self.record(Stream::Groups, group).await
            }
            Edit::AddMember { group, member, .. } | Edit::RemoveMember { group, member, .. } => {
                self.is_member(group, member).await
            }
            Edit::DeleteToken { owner, name } => {
                let found = self.token(owner, name).await?;
                Ok(if found.is_some() { Current::Present } else { Current::Absent })
            }
            Edit::DescribeToken { owner, name, .. } => {
                let found = self.token(owner, name).await?;
                Ok(found.map_or(Current::Absent, |token| Current::Record {
                    raw: json!({ TOKEN_DESCRIPTION: token.description }),
                    version: None,
                }))
            }
            Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. } => duty::current(&self.lists, edit).await,
            Edit::GiveRight { right } => rights::current(&self.lists, right).await,
            Edit::TakeRight { right } => {
                let found = rights::find(&self.lists, right).await?;
                Ok(if found.is_some() { Current::Present } else { Current::Absent })
            }
            // Names of groups and descriptions of API users need not be unique; the rest is not of this service.
            Edit::CreateGroup { .. }
            | Edit::CreateToken { .. }
            | Edit::ResetPassword { .. }
            | Edit::ExpirePassword { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::EndSession { .. }
            | Edit::RevokeGrant { .. }
            | Edit::RemoveFactor { .. }
            | Edit::CreateRole { .. }
            | Edit::UpdateRole { .. }
            | Edit::DeleteRole { .. }
            | Edit::AssignRole { .. }
            | Edit::UnassignRole { .. }
            | Edit::RenameToken { .. }
            | Edit::InviteUser { .. }
            | Edit::ResendInvitation { .. }
            | Edit::RevokeInvitation { .. }
            | Edit::DeleteInvitation { .. }
            | Edit::AcceptInvitation { .. }
            | Edit::KeepToken { .. } => Ok(Current::Absent),
        }
    }

    async fn carry_out(&self, edit: &Edit, _current: &Current) -> Result<CarriedOut, WriteError> {
        let password = new_password(edit).map_err(WriteError::NotSent)?;
        if let Some(password) = &password {
            // Into the list of what is taken out of quotations.
            self.lists.session.words().add_passing(password.expose());
        }
        let item = match self.item(edit).await.map_err(WriteError::NotSent)? {
            Item::None => None,
            Item::Is(item) => Some(item),
            Item::Gone if matches!(edit, Edit::DescribeToken { .. }) => {
                return Err(WriteError::Refused(RemoteError::Refused {
                    template: "PUT /ApiUser/{id}".to_owned(),
                    refusal: Refusal::UnknownRecord,
                    field: None,
                    detail: None,
                }));
            }
            // There is nothing left to take away.
            Item::Gone => return Ok(CarriedOut::default()),
        };
        let Some(call) = calls::call(edit, item.as_ref(), password.as_ref()) else {
            return Err(WriteError::Refused(RemoteError::Refused {
                template: "none".to_owned(),
                refusal: Refusal::NotSupported,
                field: None,
                detail: None,
            }));
        };
        let done = self.send(&call, edit.kind()).await?;
        Ok(CarriedOut { secret: done.secret.or(password), touched: item, ..done })
    }

    async fn read_back(&self, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
        let touched = match edit {
            Edit::CreateUser { .. } => done.created.clone().map(|id| (Stream::Users, id)),
            Edit::CreateGroup { .. } => done.created.clone().map(|id| (Stream::Groups, id)),
            Edit::CreateToken { .. } => done.created.clone().map(|id| (Stream::ApiUsers, id)),
            Edit::UpdateUser { user, .. } | Edit::SetUserActive { user, .. } | Edit::DeleteUser { user } => {
                Some((Stream::Users, user.clone()))
            }
            // Members are part of the group's record.
            Edit::UpdateGroup { group, .. }
            | Edit::DeleteGroup { group, .. }
            | Edit::AddMember { group, .. }
            | Edit::RemoveMember { group, .. } => Some((Stream::Groups, group.clone())),
            Edit::DeleteToken { .. } | Edit::DescribeToken { .. } => {
                done.touched.clone().map(|id| (Stream::ApiUsers, id))
            }
            Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. } => return duty::read_back(&self.lists, edit, done).await,
            Edit::GiveRight { right } | Edit::TakeRight { right } => {
                return rights::read_back(&self.lists, right).await;
            }
            Edit::ResetPassword { .. }
            | Edit::ExpirePassword { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::EndSession { .. }
            | Edit::RevokeGrant { .. }
            | Edit::RemoveFactor { .. }
            | Edit::CreateRole { .. }
            | Edit::UpdateRole { .. }
            | Edit::DeleteRole { .. }
            | Edit::AssignRole { .. }
            | Edit::UnassignRole { .. }
            | Edit::RenameToken { .. }
            | Edit::InviteUser { .. }
            | Edit::ResendInvitation { .. }
            | Edit::RevokeInvitation { .. }
            | Edit::DeleteInvitation { .. }
            | Edit::AcceptInvitation { .. }
            | Edit::KeepToken { .. } => None,
        };
        let mut back = ReadBack::default();
        if let Some((stream, id)) = touched {
            match self.lists.find(stream, &id).await? {
                Some(record) => back.records.push(record),
                None => back.gone.push((stream, id)),
            }
        }
        if matches!(edit, Edit::CreateUser { .. })
            && let Some(user) = &done.created
        {
            // A new operator gets a right by itself.
            back.records.extend(self.lists.account_grants_of(user).await?);
        }
        Ok(back)
    }

    fn also_changed(&self, edit: &Edit, before: &Current, back: &ReadBack) -> Vec<FieldConflict> {
        let (Edit::UpdateUser { .. } | Edit::SetUserActive { .. }, Current::Record { raw, .. }) =
            (edit, before)
        else {
            return Vec::new();
        };
        let read = back.records.iter().find_map(|record| {
            let Record::User(user) = record else { return None };
            serde_json::from_str::<Value>(&user.raw).ok()
        });
        read.map(|read| differences(edit, raw, &read)).unwrap_or_default()
    }
}

/// What became of values that the request left out: the service says that it updates, and not that it leaves the rest alone.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other one switches alerts")]
fn differences(edit: &Edit, before: &Value, after: &Value) -> Vec<FieldConflict> {
    let meant = |name: &str| match edit {
        // One that is set may bring its flag along.
        Edit::UpdateUser { fields, .. } => fields.iter().any(|field| name.starts_with(&field.path)),
        _ => name == "IsOnDuty",
    };
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else { return Vec::new() };
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let none = |value: Option<&Value>| value.cloned().unwrap_or_default();
    names
        .into_iter()
        // A mark of the record as a whole, which is another one with every change.
        .filter(|name| *name != "Hash" && !meant(name))
        .map(|name| (name, none(before.get(name)), none(after.get(name))))
        .filter(|(_, was, is)| !same(was, is))
        .map(|(name, was, is)| FieldConflict { path: name.clone(), base: was.clone(), mine: was, theirs: is })
        .collect()
}

/// Nothing and empty text are the same.
fn same(a: &Value, b: &Value) -> bool {
    let nothing = |value: &Value| value.is_null() || value.as_str() == Some("");
    a == b || (nothing(a) && nothing(b))
}

/// What a service wants to be told of an edit beside what it says.
enum Item {
    /// Nothing.
    None,
    /// This id.
    Is(RemoteId),
    /// The id of what is not there.
    Gone,
}

fn new_password(edit: &Edit) -> Result<Option<Secret>, RemoteError> {
    let wanted = matches!(edit, Edit::CreateUser { password: PasswordChoice::Generated, .. });
    wanted.then(password::generate).transpose()
}
