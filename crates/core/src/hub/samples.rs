//! The sample accounts: connected like any other, signed in for as long as the program runs.

use super::{Hub, SampleRoster, crossing, drafts, lock};
use crate::Error;
use crate::api::{AccountDraft, AccountListView, CommandError, EmptyRequest, HubEvent};
use crate::changes;
use crate::model::{Account, AccountId, Credential, ProviderKind};
use crate::store::accounts;

impl Hub {
    /// Connects the sample accounts that are not there yet, and starts their first sync.
    ///
    /// # Errors
    /// When the sample service cannot start; those of the store.
    pub async fn open_samples(&self, request: EmptyRequest) -> Result<AccountListView, CommandError> {
        let added = self.connect_samples(true).await.map_err(crossing)?;
        self.send(HubEvent::AccountsChanged);
        for id in added {
            self.begin_sync(id).await.map_err(crossing)?;
        }
        self.keep_sample_rosters().await.map_err(crossing)?;
        self.list_accounts(request).await
    }

    /// Keeps the sample organisations that are not there yet: what a person would paste and plan.
    async fn keep_sample_rosters(&self) -> Result<(), Error> {
        let known = self.open()?.store.read(accounts::list).await?;
        if known.iter().any(|account| account.sample && account.provider == ProviderKind::Roster) {
            return Ok(());
        }
        for SampleRoster { mut create, text, waiting, waiting_for } in self.inner.parts.samples.rosters() {
            // Somebody may have an account of this name already.
            if self.check_name(&create.name, None).await.is_err() {
                create.name.push_str(" (sample)");
            }
            let id = self.new_roster(create, true).await?.id;
            self.take_text(id, text).await?;
            self.run_ended(id).await;
            let (account, capabilities) = self.account_with_capabilities(id).await?;
            let decided = crate::clock::now().plus_millis(-waiting_for);
            let propose = move |tx: &rusqlite::Transaction<'_>| {
                changes::propose(tx, &account, capabilities.as_ref(), &waiting, decided)
            };
            self.open()?.store.write(propose).await?;
            self.send(HubEvent::AccountsChanged);
            self.send(HubEvent::ChangesChanged { account_id: id });
        }
        Ok(())
    }

    /// At the start: sample accounts of an earlier session get their service back.
    pub(super) async fn revive_samples(&self) {
        let revive = async {
            let known = self.open()?.store.read(accounts::list).await?;
            if known.iter().any(|account| account.sample) {
                self.connect_samples(false).await?;
            }
            Ok::<_, Error>(())
        };
        if let Err(error) = revive.await {
            // What was synced is there all the same.
            tracing::warn!(%error, "the sample service could not be started");
        }
    }

    /// Starts the service, gives known sample accounts their new address and credential, adds the others when `add`.
    async fn connect_samples(&self, add: bool) -> Result<Vec<AccountId>, Error> {
        let store = self.open()?.store;
        let folder = (!store.is_session_only()).then_some(self.inner.parts.data_folder.as_path());
        let offered = self
            .inner
            .parts
            .samples
            .start(folder)
            .await
            .map_err(|reason| Error::Internal(format!("the sample service did not start: {reason}")))?;
        let known = store.read(accounts::list).await?;
        let mut added = Vec::new();
        for draft in &offered {
            let (sample, credential) = read_sample(draft)?;
            let id = match find(&known, &sample) {
                Some(known) => {
                    let moved = Account { address: sample.address, ..known.clone() };
                    let id = moved.id;
                    store.write(move |tx| accounts::update(tx, &moved)).await?;
                    id
                }
                None if add => {
                    let id = self.add_account(sample, &credential).await?;
                    added.push(id);
                    id
                }
                None => continue,
            };
            lock(&self.inner.session_credentials).insert(id, credential);
        }
        Ok(added)
    }
}

fn read_sample(draft: &AccountDraft) -> Result<(Account, Credential), Error> {
    let (account, credential) = drafts::read(draft, crate::clock::now())?;
    Ok((Account { sample: true, ..account }, credential))
}

/// The same sample keeps its path; its port is another at every start, and its name may have been changed.
fn find<'a>(known: &'a [Account], sample: &Account) -> Option<&'a Account> {
    known
        .iter()
        .find(|account| account.sample && account.address.as_url().path() == sample.address.as_url().path())
}
