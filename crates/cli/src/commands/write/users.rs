//! Creating, changing, suspending and deleting users, and their roles.

use rollcall_core::api::{AccountView, UserRequest};
use rollcall_core::changes::Placeholder;
use rollcall_core::hub::NamedUser;
use rollcall_core::model::{Edit, HolderKind, PasswordChoice, RemoteId};

use super::{named, propose, values};
use crate::cli::{Global, Of, People, RoleOf, UsersAction, Values, Write};
use crate::data::Data;
use crate::exit::{Exit, Failure};

/// Does what was asked.
pub async fn run(global: &Global, action: UsersAction) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let (account, edits, write) = match action {
        UsersAction::Create { of, values, roles, generate_password, write } => {
            let (account, edits) = create(&data, &of, &values, &roles, generate_password).await?;
            (account, edits, write)
        }
        UsersAction::Edit { user, of, values, clear, write } => {
            let (account, edit) = edit(&data, &of, user, &values, &clear).await?;
            (account, vec![edit], write)
        }
        UsersAction::Suspend(people) => {
            each(&data, people, |user| Edit::SetUserActive { user, active: false }).await?
        }
        UsersAction::Activate(people) => {
            each(&data, people, |user| Edit::SetUserActive { user, active: true }).await?
        }
        UsersAction::Delete(people) => each(&data, people, |user| Edit::DeleteUser { user }).await?,
        UsersAction::ResetPassword(people) => {
            each(&data, people, |user| Edit::ResetPassword { user }).await?
        }
        UsersAction::AddRole(role) => roles_of(&data, role, true).await?,
        UsersAction::RemoveRole(role) => roles_of(&data, role, false).await?,
    };
    propose::run(global, &mut data, &account, edits, &write).await
}

async fn create(
    data: &Data,
    of: &Of,
    values: &Values,
    roles: &[String],
    generate_password: bool,
) -> Result<(AccountView, Vec<Edit>), Failure> {
    let account = named::account(data, of).await?;
    let fields = values::edits(&account, values, &[], None)?;
    if fields.is_empty() {
        return Err(Failure::usage("a user needs a value")
            .advise("For example --email zoe@example.com --name 'Zoë Berg'."));
    }
    let password = if generate_password { PasswordChoice::Generated } else { PasswordChoice::None };
    let mut edits = vec![Edit::CreateUser { fields, password }];
    for role in roles {
        let role = named::role(data, &account, role, false).await?;
        edits.push(Edit::AssignRole {
            role: RemoteId::new(role.remote_id),
            holder: Placeholder::Place(0).id(),
            holder_kind: HolderKind::User,
            group: None,
        });
    }
    Ok((account, edits))
}

async fn edit(
    data: &Data,
    of: &Of,
    user: String,
    values: &Values,
    clear: &[String],
) -> Result<(AccountView, Edit), Failure> {
    let (account, users) = named::users(data, of, &[user]).await?;
    let remote_id = users.into_iter().next().map(|user| user.remote_id).unwrap_or_default();
    let request = UserRequest { account_id: account.id, remote_id: remote_id.clone() };
    let record = data.hub.get_user(request).await?.raw;
    let fields = values::edits(&account, values, clear, Some(&record))?;
    if fields.is_empty() {
        return Err(Failure::usage("which value shall change?")
            .advise("For example --name 'Zoë Berg' or --clear phone."));
    }
    Ok((account, Edit::UpdateUser { user: RemoteId::new(remote_id), fields }))
}

async fn each(
    data: &Data,
    people: People,
    edit: impl Fn(RemoteId) -> Edit,
) -> Result<(AccountView, Vec<Edit>, Write), Failure> {
    let People { users, of, write } = people;
    let (account, users) = named::users(data, &of, &users).await?;
    let edits = users.into_iter().map(|NamedUser { remote_id, .. }| edit(RemoteId::new(remote_id))).collect();
    Ok((account, edits, write))
}

async fn roles_of(
    data: &Data,
    asked: RoleOf,
    give: bool,
) -> Result<(AccountView, Vec<Edit>, Write), Failure> {
    let RoleOf { role, people: People { users, of, write }, organization } = asked;
    let (account, users) = named::users(data, &of, &users).await?;
    let role = named::role(data, &account, &role, organization.is_some()).await?;
    let group = match organization {
        Some(name) => Some(RemoteId::new(named::group(data, &account, &name).await?.remote_id)),
        None => None,
    };
    let edit = |user: NamedUser| {
        let (role, holder) = (RemoteId::new(role.remote_id.clone()), RemoteId::new(user.remote_id));
        let (holder_kind, group) = (HolderKind::User, group.clone());
        if give {
            Edit::AssignRole { role, holder, holder_kind, group }
        } else {
            Edit::UnassignRole { role, holder, holder_kind, group }
        }
    };
    Ok((account, users.into_iter().map(edit).collect(), write))
}
