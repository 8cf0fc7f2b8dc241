//! One record, or what hangs on one, asked for by id: before a change is sent, after it, and where a list left somebody in doubt.

use serde_json::Value;

use super::super::RemoteError;
use super::lists::Lists;
use super::parents::{Parent, ParentKind};
use super::{api_users, convert};
use crate::model::{
    Grant, GrantHolder, OffDutyPeriod, RecipientList, Record, RemoteId, ResourceKind, Right, Stream,
};

impl Lists {
    /// Rights of one operator in the whole account.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn account_grants_of(&self, user: &RemoteId) -> Result<Vec<Record>, RemoteError> {
        let parent = Parent { kind: ParentKind::Operator, id: user.as_str().to_owned(), value: Value::Null };
        Ok(self.grants_of(Stream::Grants, &parent).await?.records)
    }

    /// Rights that were given on one thing, or to one holder in the whole account.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn grants_at(&self, right: &Right) -> Result<Vec<Record>, RemoteError> {
        let (kind, id) = match (right.resource_kind, &right.resource) {
            (Some(kind), Some(resource)) => (ParentKind::Resource(kind), resource),
            _ if right.holder_kind == GrantHolder::User => (ParentKind::Operator, &right.holder),
            _ => (ParentKind::Group, &right.holder),
        };
        let stream = right.grant().stream();
        let parent = Parent { kind, id: id.as_str().to_owned(), value: Value::Null };
        Ok(self.grants_of(stream, &parent).await?.records)
    }

    /// The schedule of one operator; nothing of one who is not there.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn periods_of(&self, user: &RemoteId) -> Result<Vec<OffDutyPeriod>, RemoteError> {
        let parent = Parent { kind: ParentKind::Operator, id: user.as_str().to_owned(), value: Value::Null };
        let page = self.part(Stream::OffDutyPeriods, &parent).await?;
        let periods = page.records.into_iter().filter_map(|record| {
            let Record::OffDutyPeriod(period) = record else { return None };
            Some(*period)
        });
        Ok(periods.collect())
    }

    /// Who is in an operator group; `None` for one that is not there.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn members_of(&self, group: &RemoteId) -> Result<Option<Vec<RemoteId>>, RemoteError> {
        Ok(match self.find(Stream::Groups, group).await? {
            Some(Record::Group(group)) => {
                Some(group.members.into_iter().map(|membership| membership.member).collect())
            }
            _ => None,
        })
    }

    /// One record by id.
    ///
    /// # Errors
    /// See [`RemoteError`].
    pub async fn find(&self, stream: Stream, id: &RemoteId) -> Result<Option<Record>, RemoteError> {
        let id = id.as_str();
        let found = match stream {
            Stream::Users => self
                .session
                .find(self.session.url(["Operator", id]), "GET /Operator/{id}")
                .await?
                .and_then(|value| convert::operator(&value).ok()),
            Stream::ApiUsers => self
                .session
                .find(self.session.url(["ApiUser", id]), "GET /ApiUser/{id}")
                .await?
                .and_then(|value| api_users::api_user(&value, self.facts().time_zone.as_ref()).ok()),
            Stream::Groups => {
                let url = self.session.url(["OperatorGroup", id]);
                match self.session.find(url, "GET /OperatorGroup/{id}").await? {
                    Some(value) => {
                        let parent = Parent { kind: ParentKind::Group, id: id.to_owned(), value };
                        self.part(stream, &parent).await?.records.into_iter().next()
                    }
                    None => None,
                }
            }
            Stream::OffDutyPeriods => {
                let user = id.split_once(':').map_or("", |(user, _)| user);
                let parent = Parent { kind: ParentKind::Operator, id: user.to_owned(), value: Value::Null };
                let page = self.part(stream, &parent).await?;
                page.records.into_iter().find(|record| record.remote_id().as_str() == id)
            }
            Stream::Resources => self.find_resource(id).await?,
            Stream::Grants | Stream::ResourceGrants => match Grant::parse(&RemoteId::new(id)) {
                Some(grant) => self.find_grant(&grant).await?,
                None => None,
            },
            Stream::Recipients => match RecipientList::parse(&RemoteId::new(id)) {
                Some((definition, _)) => {
                    let kind = ParentKind::Resource(ResourceKind::AlertDefinition);
                    let parent = Parent { kind, id: definition.as_str().to_owned(), value: Value::Null };
                    let page = self.levels_of(&parent).await?;
                    page.records.into_iter().find(|record| record.remote_id().as_str() == id)
                }
                None => None,
            },
            Stream::Roles
            | Stream::RoleAssignments
            | Stream::Memberships
            | Stream::Invitations
            | Stream::Applications => None,
        };
        Ok(found)
    }

    async fn find_resource(&self, id: &str) -> Result<Option<Record>, RemoteError> {
        let parents = self.read_parents(Stream::Resources).await?;
        match parents.find(id) {
            Some(parent) => Ok(self.part(Stream::Resources, parent).await?.records.into_iter().next()),
            None => Ok(None),
        }
    }

    async fn find_grant(&self, grant: &Grant) -> Result<Option<Record>, RemoteError> {
        let parent = match &grant.resource {
            Some(resource) => {
                let parents = self.read_parents(Stream::Resources).await?;
                match parents.find(resource.as_str()) {
                    Some(parent) => parent.clone(),
                    None => return Ok(None),
                }
            }
            None => {
                let kind = match grant.holder_kind {
                    GrantHolder::User => ParentKind::Operator,
                    GrantHolder::Group => ParentKind::Group,
                };
                Parent { kind, id: grant.holder.as_str().to_owned(), value: Value::Null }
            }
        };
        let page = self.grants_of(grant.stream(), &parent).await?;
        Ok(page.records.into_iter().find(|record| *record.remote_id() == grant.key))
    }
}
