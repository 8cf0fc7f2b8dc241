//! Personal access tokens: created, renamed, rotated and revoked, named by owner and name.

use rollcall_core::api::{AccountView, UserRequest};
use rollcall_core::clock;
use rollcall_core::model::{Edit, RemoteId};

use super::named;
use super::propose::{self, Later};
use crate::cli::{Global, Of, TokensAction};
use crate::data::Data;
use crate::exit::{Exit, Failure};

/// Does what was asked.
pub async fn run(global: &Global, action: TokensAction) -> Result<Exit, Failure> {
    let mut data = Data::open(global).await?;
    let (account, edits, write) = match action {
        TokensAction::Create { owner, name, expires, of, write } => {
            let owner = Owner::find(&data, &of, owner).await?;
            let expires_at = expires.at(clock::now());
            let edit = Edit::CreateToken { owner: owner.id(), name, expires_at };
            (owner.account, vec![edit], write)
        }
        TokensAction::Rename { owner, name, new_name, of, write } => {
            let owner = Owner::find(&data, &of, owner).await?;
            owner.has(&name)?;
            let edit = Edit::RenameToken { owner: owner.id(), name, new_name };
            (owner.account, vec![edit], write)
        }
        TokensAction::Rotate { owner, name, new_name, expires, revoke_old, revoke_old_after, of, write } => {
            let owner = Owner::find(&data, &of, owner).await?;
            owner.has(&name)?;
            let new_name = new_name.unwrap_or_else(|| successor(&name, &owner.tokens));
            let expires_at = expires.at(clock::now());
            let mut edits = vec![Edit::CreateToken { owner: owner.id(), name: new_name, expires_at }];
            let revoke = Edit::DeleteToken { owner: owner.id(), name };
            if let Some(when) = revoke_old_after {
                let due_at = when
                    .at(clock::now())
                    .ok_or_else(|| Failure::usage("--revoke-old-after wants a date, or a time like 14d"))?;
                edits.push(revoke);
                let later = Later { index: 1, due_at, needs: 0 };
                return propose::run_later(global, &mut data, &owner.account, edits, (&write, later)).await;
            }
            edits.extend(revoke_old.then_some(revoke));
            (owner.account, edits, write)
        }
        TokensAction::Revoke { owner, names, of, write } => {
            let owner = Owner::find(&data, &of, owner).await?;
            names.iter().try_for_each(|name| owner.has(name))?;
            let edits = names.into_iter().map(|name| Edit::DeleteToken { owner: owner.id(), name }).collect();
            (owner.account, edits, write)
        }
    };
    propose::run(global, &mut data, &account, edits, &write).await
}

struct Owner {
    account: AccountView,
    id: String,
    name: String,
    /// Names of the tokens that the mirror has.
    tokens: Vec<String>,
}

impl Owner {
    async fn find(data: &Data, of: &Of, owner: String) -> Result<Self, Failure> {
        let (account, users) = named::users(data, of, &[owner]).await?;
        let user = users.into_iter().next().ok_or_else(|| Failure::usage("which owner?"))?;
        let request = UserRequest { account_id: account.id, remote_id: user.remote_id.clone() };
        let tokens = data.hub.get_user(request).await?.tokens;
        let tokens = tokens.into_iter().map(|token| token.name).collect();
        Ok(Self { account, id: user.remote_id, name: user.display_name, tokens })
    }

    fn id(&self) -> RemoteId {
        RemoteId::new(self.id.clone())
    }

    /// Fails when the mirror has no such token, and says which there are.
    fn has(&self, name: &str) -> Result<(), Failure> {
        if self.tokens.iter().any(|own| own == name) {
            return Ok(());
        }
        let known = if self.tokens.is_empty() { "none".to_owned() } else { self.tokens.join(", ") };
        Err(Failure::usage(format!("{}: {} has no token \"{name}\"", self.account.name, self.name))
            .advise(format!("There are: {known}. A newer one is read by `rollcallctl sync --in-depth`.")))
    }
}

/// `nightly 2` after `nightly`, `nightly 3` after `nightly 2`; never one that is taken. As the window offers it.
fn successor(name: &str, taken: &[String]) -> String {
    let numbered = name.rsplit_once(' ').and_then(|(stem, number)| Some((stem, number.parse::<u64>().ok()?)));
    let (stem, first) = numbered.unwrap_or((name, 1));
    let mut candidates = (first.saturating_add(1)..).map(|number| format!("{stem} {number}"));
    candidates.find(|candidate| !taken.contains(candidate)).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::successor;

    #[test]
    fn a_successor_has_the_next_free_number() {
        let taken = ["nightly".to_owned(), "nightly 2".to_owned()];
        assert_eq!(successor("nightly", &taken), "nightly 3");
        assert_eq!(successor("nightly 2", &taken), "nightly 3");
        assert_eq!(successor("ci", &[]), "ci 2");
    }
}
