//! Inviting people, sending invitations again, taking them back.

use std::io::Read;

use rollcall_core::api::{
    AccountView, EmptyRequest, InvitationRow, InvitationState, InviteeState, InviteesRequest, InviteesView,
};
use rollcall_core::clock;
use rollcall_core::model::{AccountId, Edit, InvitationMessage, RemoteId, Timestamp};
use rollcall_core::query::MAX_ROWS;

use super::{named, propose, words};
use crate::cli::{Global, Invitations, InvitationsAction, Mail};
use crate::commands::invitations::each;
use crate::data::Data;
use crate::exit::{Exit, Failure};
use crate::output;
use crate::when::Until;

/// Bytes that a list of addresses has at most.
const LONGEST: u64 = 16 * 1024 * 1024;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Addresses that are told on the standard error stream.
const TOLD: usize = 20;

/// Does what was asked.
pub async fn run(global: &Global, action: InvitationsAction) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let (account, edits, write) = match action {
        InvitationsAction::List(arguments) => {
            return crate::commands::invitations::run(global, &arguments).await;
        }
        InvitationsAction::Create {
            addresses,
            organization,
            roles,
            expires,
            mail,
            skip_wrong,
            of,
            write,
        } => {
            let account = named::account(&data, &of).await?;
            let group = named::group(&data, &account, &organization).await?.remote_id;
            let view = look(&data, &account, &group, typed(addresses).await?).await?;
            tell(&view, skip_wrong)?;
            let mut role_ids = Vec::new();
            for role in &roles {
                let role = named::role(&data, &account, role, true).await?;
                role_ids.push(RemoteId::new(role.remote_id));
            }
            let message = if mail.mail { Some(message(&data, &account, mail).await?) } else { None };
            if message.is_none() {
                output::notice("No e-mail is sent: the service only knows of the invitation.");
            }
            let expires_at = until(&account, expires);
            let edit = |invitee| Edit::InviteUser {
                group: RemoteId::new(group.clone()),
                invitee,
                roles: role_ids.clone(),
                expires_at,
                message: message.clone(),
            };
            (account, view.ready.into_iter().map(edit).collect::<Vec<_>>(), write)
        }
        InvitationsAction::Resend { which, link } => {
            let (account, rows) = find(&data, &which).await?;
            let message = message(&data, &account, Mail { mail: true, link }).await?;
            let edit = |row: InvitationRow| Edit::ResendInvitation {
                invitation: RemoteId::new(row.remote_id),
                expires_at: None,
                message: Some(message.clone()),
            };
            (account, rows.into_iter().map(edit).collect(), which.write)
        }
        InvitationsAction::Revoke { which } => {
            let (account, rows) = find(&data, &which).await?;
            let edit =
                |row: InvitationRow| Edit::RevokeInvitation { invitation: RemoteId::new(row.remote_id) };
            (account, rows.into_iter().map(edit).collect(), which.write)
        }
    };
    if edits.is_empty() {
        output::notice("There is nobody to invite: nothing was kept.");
        return Ok(Exit::Done);
    }
    propose::run(global, &mut data, &account, edits, &write).await
}

/// What was typed, with the standard input in the place of `-`.
async fn typed(addresses: Vec<String>) -> Result<String, Failure> {
    let mut text = String::new();
    for address in addresses {
        if address == "-" {
            let read = tokio::task::spawn_blocking(|| {
                let mut text = String::new();
                std::io::stdin().lock().take(LONGEST).read_to_string(&mut text).map(|_| text)
            });
            let read = read.await.map_err(|error| Failure::failed(format!("reading stopped: {error}")))?;
            text.push_str(
                &read
                    .map_err(|error| Failure::usage(format!("the standard input cannot be read: {error}")))?,
            );
        } else {
            text.push_str(&address);
        }
        text.push('\n');
    }
    Ok(text)
}

async fn look(
    data: &Data,
    account: &AccountView,
    group: &str,
    text: String,
) -> Result<InviteesView, Failure> {
    let request = InviteesRequest {
        account_id: account.id,
        group_id: group.to_owned(),
        text,
        state: None,
        offset: 0,
        limit: MAX_ROWS,
    };
    Ok(data.hub.check_invitees(request).await?)
}

/// Says who is left out, and fails where something is no address.
fn tell(view: &InviteesView, skip_wrong: bool) -> Result<(), Failure> {
    let left_out = view.rows.iter().filter(|row| row.state != InviteeState::Ready);
    for row in left_out.take(TOLD) {
        let why = match row.state {
            InviteeState::Ready => continue,
            InviteeState::Malformed => "is no e-mail address",
            InviteeState::Duplicate => "stands there before",
            InviteeState::Member => "belongs to a member",
            InviteeState::Invited => "has an invitation that can still be accepted",
            InviteeState::Waiting => "has an invitation that waits to be sent",
        };
        output::notice(&format!("\"{}\" {why}", row.address));
    }
    let wrong = view.counts.malformed;
    if wrong == 0 || skip_wrong {
        return Ok(());
    }
    Err(Failure::usage(format!("{} cannot be used; nothing was kept", words::count(wrong, "address")))
        .advise("Correct them, or leave them out with --skip-wrong."))
}

/// The link of the settings, unless another one was typed.
async fn message(data: &Data, account: &AccountView, mail: Mail) -> Result<InvitationMessage, Failure> {
    let link = match mail.link {
        Some(link) => Some(link),
        None => {
            let settings = data.hub.get_app_state(EmptyRequest {}).await?.settings;
            settings.invitation_links.get(&account.id).cloned()
        }
    };
    let link = link.ok_or_else(|| {
        Failure::usage(format!("{}: which link shall the e-mail have?", account.name))
            .advise("Say --link https://…, or set it in the settings of the window.")
    })?;
    Ok(InvitationMessage { link })
}

/// As typed, else as usual there.
fn until(account: &AccountView, expires: Option<Until>) -> Option<Timestamp> {
    let now = clock::now();
    match (expires, account.capabilities.as_ref().and_then(|can| can.invitations.as_ref())) {
        (Some(expires), _) => expires.at(now),
        (None, Some(rules)) => Some(now.plus_millis(i64::from(rules.days).saturating_mul(DAY))),
        (None, None) => None,
    }
}

/// The invitations that were named: by id whatever became of them, by address those that can still be accepted.
async fn find(data: &Data, which: &Invitations) -> Result<(AccountView, Vec<InvitationRow>), Failure> {
    let accounts = match &which.of.account {
        Some(_) => vec![named::account(data, &which.of).await?],
        None => data.accounts().await?,
    };
    let only = accounts.first().filter(|_| which.of.account.is_some()).map(|account| account.id);
    let mut found: Vec<InvitationRow> = Vec::new();
    for name in &which.invitations {
        let row = one(data, only, name).await?;
        if found.first().is_some_and(|first| first.account_id != row.account_id) {
            return Err(Failure::usage(format!("{name} is in another account than the others"))
                .advise("Change one account at a time."));
        }
        if found.iter().all(|known| known.remote_id != row.remote_id) {
            found.push(row);
        }
    }
    let account = found.first().map(|row| row.account_id);
    let account = accounts.into_iter().find(|own| Some(own.id) == account);
    Ok((account.ok_or_else(|| Failure::usage("which invitation?"))?, found))
}

async fn one(data: &Data, account: Option<AccountId>, name: &str) -> Result<InvitationRow, Failure> {
    let mut matching = Vec::new();
    each(data, account, "", None, |row| {
        let is_address = row.invitee.eq_ignore_ascii_case(name) && row.state == InvitationState::Pending;
        if row.remote_id == name || is_address {
            matching.push(row);
        }
        true
    })
    .await?;
    if let Some(place) = matching.iter().position(|row| row.remote_id == name) {
        return Ok(matching.swap_remove(place));
    }
    match matching.len() {
        1 => Ok(matching.swap_remove(0)),
        0 => Err(Failure::usage(format!("there is no invitation \"{name}\" that can still be accepted"))
            .advise("`rollcallctl invitations list` lists them.")),
        _ => {
            let ids: Vec<&str> = matching.iter().map(|row| row.remote_id.as_str()).collect();
            Err(Failure::usage(format!("\"{name}\" may be several: {}", ids.join(", ")))
                .advise("Say which by its id."))
        }
    }
}
