//! SCIM; writing.
//!
//! Reading order: [`body`] (an edit as operations of a PATCH, or as a whole record; pure), [`send`] (one request and what
//! its answer means), [`editable`] (what the service lets be edited).
//!
//! Records are changed in part where the service can do that, else read once more, changed and sent back whole, with
//! everything in them that the mirror does not keep. A version that is known goes along, so that nobody else's change is
//! overwritten. What the service made of it is known by reading it afterwards: some pass over what they do not like.

mod body;
mod editable;
mod send;

use async_trait::async_trait;
use reqwest::Method;
use serde_json::{Value, json};

pub use editable::add_edits;

use super::super::http::{Answer, ClientSettings};
use super::super::{
    CarriedOut, Current, DirectoryRead, DirectoryWrite, ReadBack, Refusal, RemoteError, WriteError, password,
};
use super::wire;
use super::{ScimDirectory, list};
use crate::model::{
    Account, Capabilities, Credential, Edit, EditKind, FieldEdit, PasswordChoice, Record, RemoteId, Secret,
    Stream, fold,
};
use send::Target;

/// One SCIM service, for applying changes.
pub struct ScimWriter {
    directory: ScimDirectory,
}

impl ScimWriter {
    /// Makes the client; sends nothing yet.
    ///
    /// # Errors
    /// [`RemoteError::Settings`].
    pub fn new(
        account: &Account,
        credential: &Credential,
        settings: ClientSettings,
    ) -> Result<Self, RemoteError> {
        Ok(Self { directory: ScimDirectory::new(account, credential, settings)? })
    }

    /// A record as the mirror has it, with its version.
    async fn record(&self, stream: Stream, id: &RemoteId) -> Result<Current, RemoteError> {
        let found = self.directory.find(stream, id).await?;
        let (raw, version) = match found {
            Some(Record::User(user)) => (user.raw, user.version),
            Some(Record::Group(group)) => (group.raw, group.version),
            _ => return Ok(Current::Absent),
        };
        Ok(serde_json::from_str(&raw).map_or(Current::Absent, |raw| Current::Record { raw, version }))
    }

    /// A user who has the name that the new one is to have. What the filter brings is looked at again: there are services
    /// that pass over it.
    async fn user_in_the_way(&self, fields: &[FieldEdit]) -> Result<Current, RemoteError> {
        let name =
            fields.iter().find(|field| field.path == "userName").and_then(|field| field.after.as_str());
        let Some(name) = name else { return Ok(Current::Absent) };
        if !self.directory.capabilities().await?.filter {
            return Ok(Current::Absent);
        }
        let query = [("filter", format!("userName eq {}", Value::from(name))), ("count", "10".to_owned())];
        let listed = match list::list(&self.directory.session, Stream::Users, &query).await {
            // It will say so itself when the user is created.
            Err(RemoteError::Rejected { .. } | RemoteError::Forbidden { .. }) => return Ok(Current::Absent),
            listed => listed?,
        };
        for converted in listed.records.iter().map(list::Raw::convert) {
            if let Some(Record::User(user)) = converted.record
                && fold(&user.user_name) == fold(name)
            {
                return self.record(Stream::Users, &user.remote_id).await;
            }
        }
        Ok(Current::Absent)
    }

    async fn is_member(&self, group: &RemoteId, member: &RemoteId) -> Result<bool, RemoteError> {
        match self.directory.find(Stream::Groups, group).await? {
            Some(Record::Group(group)) => Ok(group.members.iter().any(|own| own.member == *member)),
            _ => Ok(false),
        }
    }

    async fn create(&self, stream: Stream, body: &Value, kind: EditKind) -> Result<CarriedOut, WriteError> {
        let created = send::create(&self.directory.session, stream, body, kind).await?;
        Ok(CarriedOut { created: Some(created), ..CarriedOut::default() })
    }

    /// Changes a record in part; whole where the service cannot change parts, or not these.
    async fn change(&self, change: Change<'_>) -> Result<(), WriteError> {
        let capabilities = self.directory.capabilities().await.map_err(WriteError::NotSent)?;
        if capabilities.patch {
            let target = change.target(Method::PATCH, &capabilities, change.version);
            let patch = json!({
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": change.operations,
            });
            match send::send(&self.directory.session, target, Some(&patch)).await {
                Err(WriteError::Refused(RemoteError::Refused { refusal: Refusal::NotSupported, .. })) => {}
                sent => return sent,
            }
        }
        self.replace(change, &capabilities).await
    }

    async fn replace(&self, change: Change<'_>, capabilities: &Capabilities) -> Result<(), WriteError> {
        let (mut whole, version) = match self.whole(change.stream, change.id).await {
            Ok(whole) => whole,
            Err(RemoteError::NotFound { .. }) if change.gone_is_done => return Ok(()),
            Err(RemoteError::NotFound { template, detail }) => {
                return Err(WriteError::Refused(send::refused(template, Refusal::UnknownRecord, detail)));
            }
            Err(error) => return Err(WriteError::NotSent(error)),
        };
        // Known to be another one than the person saw: no need to ask.
        if capabilities.etag
            && change.version.is_some()
            && version.is_some()
            && change.version != version.as_deref()
        {
            return Err(WriteError::ChangedMeanwhile);
        }
        body::without_read_only(&mut whole);
        (change.apply)(&mut whole);
        let target = change.target(Method::PUT, capabilities, version.as_deref());
        send::send(&self.directory.session, target, Some(&whole)).await
    }

    /// A record with everything in it, and its version.
    async fn whole(&self, stream: Stream, id: &RemoteId) -> Result<(Value, Option<String>), RemoteError> {
        let session = &self.directory.session;
        let template = if stream == Stream::Groups { "GET /Groups/{id}" } else { "GET /Users/{id}" };
        let decode = |answer: &Answer| {
            let whole: Value = wire::decode_object(answer, "resource", template, &session.http.words)?;
            wire::masked_refusal(answer, template, &session.http.words).map_or(Ok(()), Err)?;
            if !whole.is_object() {
                return Err(wire::unexpected(template, "the answer is JSON, but not an object"));
            }
            let own = wire::attribute(&whole, "meta").and_then(|meta| wire::attribute(meta, "version"));
            let version = own.and_then(Value::as_str).map(str::to_owned).or_else(|| answer.etag.clone());
            Ok((whole, version))
        };
        session.get(session.url([super::endpoint(stream), id.as_str()]), template, decode).await
    }

    async fn delete(
        &self,
        stream: Stream,
        id: &RemoteId,
        version: Option<&str>,
        kind: EditKind,
    ) -> Result<(), WriteError> {
        let capabilities = self.directory.capabilities().await.map_err(WriteError::NotSent)?;
        let if_match = version.filter(|_| capabilities.etag);
        let target = Target { stream, id, method: Method::DELETE, if_match, kind, gone_is_done: true };
        send::send(&self.directory.session, target, None).await
    }

    async fn set_password(
        &self,
        user: &RemoteId,
        current: &Current,
        kind: EditKind,
    ) -> Result<CarriedOut, WriteError> {
        let secret = self.new_password()?;
        // Into the body of the request that sets it.
        let value = Value::from(secret.expose());
        let operations = vec![json!({ "op": "replace", "path": "password", "value": value })];
        let apply = |whole: &mut Value| body::put(whole, "password", value.clone());
        self.change(Change::of_user(user, current, kind, operations, &apply)).await?;
        Ok(CarriedOut { secret: Some(secret), ..CarriedOut::default() })
    }

    fn new_password(&self) -> Result<Secret, WriteError> {
        let secret = password::generate().map_err(WriteError::NotSent)?;
        // Into the list of what is taken out of quotations.
        self.directory.session.http.words.add_passing(secret.expose());
        Ok(secret)
    }
}

/// A change of one record, in both forms.
struct Change<'a> {
    stream: Stream,
    id: &'a RemoteId,
    version: Option<&'a str>,
    kind: EditKind,
    gone_is_done: bool,
    operations: Vec<Value>,
    apply: &'a (dyn Fn(&mut Value) + Send + Sync),
}

impl<'a> Change<'a> {
    fn of_user(
        id: &'a RemoteId,
        current: &'a Current,
        kind: EditKind,
        operations: Vec<Value>,
        apply: &'a (dyn Fn(&mut Value) + Send + Sync),
    ) -> Self {
        let (stream, version) = (Stream::Users, version_of(current));
        Self { stream, id, version, kind, gone_is_done: false, operations, apply }
    }

    fn target<'t>(
        &'t self,
        method: Method,
        capabilities: &Capabilities,
        version: Option<&'t str>,
    ) -> Target<'t> {
        let if_match = version.filter(|_| capabilities.etag);
        let gone_is_done = self.gone_is_done;
        Target { stream: self.stream, id: self.id, method, if_match, kind: self.kind, gone_is_done }
    }
}

fn version_of(current: &Current) -> Option<&str> {
    match current {
        Current::Record { version, .. } => version.as_deref(),
        Current::Absent | Current::Present => None,
    }
}

const fn raw_of(current: &Current) -> &Value {
    match current {
        Current::Record { raw, .. } => raw,
        Current::Absent | Current::Present => &Value::Null,
    }
}

/// What an edit is about, in SCIM's terms.
enum Subject<'e> {
    NewUser(&'e [FieldEdit]),
    NewGroup,
    User(&'e RemoteId),
    Group(&'e RemoteId),
    /// A group, and who is or is to be in it.
    Member(&'e RemoteId, &'e RemoteId),
    /// Nothing that SCIM knows of.
    Unknown,
}

impl<'e> Subject<'e> {
    fn of(edit: &'e Edit) -> Self {
        match edit {
            Edit::CreateUser { fields, .. } => Self::NewUser(fields),
            Edit::CreateGroup { .. } => Self::NewGroup,
            Edit::UpdateUser { user, .. }
            | Edit::SetUserActive { user, .. }
            | Edit::ResetPassword { user }
            | Edit::DeleteUser { user } => Self::User(user),
            Edit::UpdateGroup { group, .. } | Edit::DeleteGroup { group, .. } => Self::Group(group),
            Edit::AddMember { group, member, .. } | Edit::RemoveMember { group, member, .. } => {
                Self::Member(group, member)
            }
            Edit::ExpirePassword { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::EndSession { .. }
            | Edit::RevokeGrant { .. }
            | Edit::RemoveFactor { .. }
            | Edit::CreateRole { .. }
            | Edit::UpdateRole { .. }
            | Edit::DeleteRole { .. }
            | Edit::AssignRole { .. }
            | Edit::UnassignRole { .. }
            | Edit::CreateToken { .. }
            | Edit::RenameToken { .. }
            | Edit::DeleteToken { .. }
            | Edit::InviteUser { .. }
            | Edit::ResendInvitation { .. }
            | Edit::RevokeInvitation { .. }
            | Edit::DeleteInvitation { .. }
            | Edit::AcceptInvitation { .. }
            | Edit::KeepToken { .. }
            | Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. }
            | Edit::GiveRight { .. }
            | Edit::TakeRight { .. }
            | Edit::DescribeToken { .. } => Self::Unknown,
        }
    }
}

#[async_trait]
impl DirectoryWrite for ScimWriter {
    async fn current(&self, edit: &Edit) -> Result<Current, RemoteError> {
        // Only where lists work does a 404 speak of the record and not of the address.
        self.directory.capabilities().await?;
        match Subject::of(edit) {
            Subject::NewUser(fields) => self.user_in_the_way(fields).await,
            Subject::User(user) => self.record(Stream::Users, user).await,
            Subject::Group(group) => self.record(Stream::Groups, group).await,
            Subject::Member(group, member) => {
                let is_member = self.is_member(group, member).await?;
                Ok(if is_member { Current::Present } else { Current::Absent })
            }
            // Names of groups need not be unique.
            Subject::NewGroup | Subject::Unknown => Ok(Current::Absent),
        }
    }

    async fn carry_out(&self, edit: &Edit, current: &Current) -> Result<CarriedOut, WriteError> {
        let kind = edit.kind();
        let raw = raw_of(current);
        match edit {
            Edit::CreateUser { fields, password } => {
                let capabilities = self.directory.capabilities().await.map_err(WriteError::NotSent)?;
                let secret = match password {
                    PasswordChoice::None => None,
                    PasswordChoice::Generated => Some(self.new_password()?),
                };
                let can_suspend = capabilities.edits.contains(&EditKind::SetUserActive);
                let body = body::new_user(fields, secret.as_ref(), can_suspend);
                Ok(CarriedOut { secret, ..self.create(Stream::Users, &body, kind).await? })
            }
            Edit::CreateGroup { fields, .. } => {
                self.create(Stream::Groups, &body::new_group(fields), kind).await
            }
            Edit::UpdateUser { user, fields } => {
                let apply = |whole: &mut Value| body::apply(whole, fields);
                let operations = body::operations(raw, fields);
                self.change(Change::of_user(user, current, kind, operations, &apply)).await?;
                Ok(CarriedOut::default())
            }
            Edit::SetUserActive { user, active } => {
                let operations = vec![json!({ "op": "replace", "path": "active", "value": active })];
                let apply = |whole: &mut Value| body::put(whole, "active", Value::from(*active));
                self.change(Change::of_user(user, current, kind, operations, &apply)).await?;
                Ok(CarriedOut::default())
            }
            Edit::ResetPassword { user } => self.set_password(user, current, kind).await,
            Edit::DeleteUser { user } => {
                self.delete(Stream::Users, user, version_of(current), kind).await?;
                Ok(CarriedOut::default())
            }
            Edit::UpdateGroup { group, fields, .. } => {
                let apply = |whole: &mut Value| body::apply(whole, fields);
                let operations = body::operations(raw, fields);
                let change = Change::of_user(group, current, kind, operations, &apply);
                self.change(Change { stream: Stream::Groups, ..change }).await?;
                Ok(CarriedOut::default())
            }
            Edit::DeleteGroup { group, .. } => {
                self.delete(Stream::Groups, group, version_of(current), kind).await?;
                Ok(CarriedOut::default())
            }
            Edit::AddMember { group, member, .. } => {
                let value = json!([{ "value": member }]);
                let operations = vec![json!({ "op": "add", "path": "members", "value": value })];
                let apply = |whole: &mut Value| body::add_member(whole, member);
                let change = Change::of_user(group, current, kind, operations, &apply);
                self.change(Change { stream: Stream::Groups, version: None, ..change }).await?;
                Ok(CarriedOut::default())
            }
            Edit::RemoveMember { group, member, .. } => {
                let path = format!("members[value eq {}]", Value::from(member.as_str()));
                let operations = vec![json!({ "op": "remove", "path": path })];
                let apply = |whole: &mut Value| body::remove_member(whole, member);
                let change = Change::of_user(group, current, kind, operations, &apply);
                let gone_is_done = true;
                self.change(Change { stream: Stream::Groups, version: None, gone_is_done, ..change }).await?;
                Ok(CarriedOut::default())
            }
            Edit::ExpirePassword { .. }
            | Edit::UnlinkIdentity { .. }
            | Edit::EndSession { .. }
            | Edit::RevokeGrant { .. }
            | Edit::RemoveFactor { .. }
            | Edit::CreateRole { .. }
            | Edit::UpdateRole { .. }
            | Edit::DeleteRole { .. }
            | Edit::AssignRole { .. }
            | Edit::UnassignRole { .. }
            | Edit::CreateToken { .. }
            | Edit::RenameToken { .. }
            | Edit::DeleteToken { .. }
            | Edit::InviteUser { .. }
            | Edit::ResendInvitation { .. }
            | Edit::RevokeInvitation { .. }
            | Edit::DeleteInvitation { .. }
            | Edit::AcceptInvitation { .. }
            | Edit::KeepToken { .. }
            | Edit::AddOffDuty { .. }
            | Edit::ChangeOffDuty { .. }
            | Edit::RemoveOffDuty { .. }
            | Edit::AddGroupOffDuty { .. }
            | Edit::SetGroupActive { .. }
            | Edit::GiveRight { .. }
            | Edit::TakeRight { .. }
            | Edit::DescribeToken { .. } => {
                let refused = send::refused("SCIM".to_owned(), Refusal::NotSupported, None);
                Err(WriteError::Refused(refused))
            }
        }
    }

    async fn read_back(&self, edit: &Edit, done: &CarriedOut) -> Result<ReadBack, RemoteError> {
        let touched = match Subject::of(edit) {
            Subject::NewUser(_) => done.created.as_ref().map(|user| (Stream::Users, user)),
            Subject::NewGroup => done.created.as_ref().map(|group| (Stream::Groups, group)),
            Subject::User(user) => Some((Stream::Users, user)),
            // Members are part of the group's record.
            Subject::Group(group) | Subject::Member(group, _) => Some((Stream::Groups, group)),
            Subject::Unknown => None,
        };
        let mut back = ReadBack::default();
        if let Some((stream, id)) = touched {
            match self.directory.find(stream, id).await? {
                Some(record) => back.records.push(record),
                None => back.gone.push((stream, id.clone())),
            }
        }
        Ok(back)
    }
}
