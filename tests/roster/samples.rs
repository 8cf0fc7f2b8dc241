//! A sample organisation: pasted and planned as a person would, marked as a sample, and there once.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use rollcall_core::Hub;
use rollcall_core::api::*;
use rollcall_core::hub::{EventSink, HubParts, NoDesktop, SampleRoster, SampleService};
use rollcall_core::secrets::{MemorySecrets, SecretStore};

use crate::{invite, isocarto};

/// Samples without any service.
struct ByHand;

#[async_trait]
impl SampleService for ByHand {
    async fn start(&self, _: Option<&Path>) -> Result<Vec<AccountDraft>, String> {
        Ok(Vec::new())
    }

    fn rosters(&self) -> Vec<SampleRoster> {
        vec![SampleRoster {
            create: isocarto("Isocarto"),
            text: "name;email;role\nZoé Blanc;zoe@atelier.fr;Member\n".to_owned(),
            waiting: vec![invite("bob@atelier.fr")],
            waiting_for: 4 * 24 * 60 * 60 * 1000,
        }]
    }
}

struct Silent;

impl EventSink for Silent {
    fn send(&self, _: HubEvent) {}
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_has_members_and_a_checklist_with_its_age_and_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let hub = Hub::new(HubParts {
        data_folder: folder.path().to_path_buf(),
        version: "0.0.0-test".to_owned(),
        system_language: None,
        secrets: Arc::new(MemorySecrets::default()) as Arc<dyn SecretStore>,
        events: Arc::new(Silent),
        samples: Arc::new(ByHand),
        desktop: Arc::new(NoDesktop),
        client: rollcall_tests::hub::impatient(),
    });
    hub.get_app_state(EmptyRequest {}).await.unwrap();
    for _ in 0..2 {
        let accounts = hub.open_samples(EmptyRequest {}).await.unwrap().accounts;
        assert_eq!((accounts.len(), accounts[0].sample, accounts[0].users), (1, true, 2));
        let view = hub.get_roster(AccountRequest { account_id: accounts[0].id }).await.unwrap();
        assert_eq!((view.waiting, view.checklist[0].days), (1, 4));
    }
}
