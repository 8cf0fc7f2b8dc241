//! An account connected with an operator's own login, which is used once and forgotten.

use rollcall_core::api::*;
use rollcall_core::model::{Authentication, Secret};
use rollcall_sandbox::UptrendsQuirks;
use serde_json::json;

use super::uptrends::Fixture;

const EMAIL: &str = "ines.once@example.com";
const PASSWORD: &str = "a-login-of-the-tests-00000007";

fn draft(fixture: &Fixture, name: &str, password: &str) -> AccountDraft {
    AccountDraft {
        name: name.to_owned(),
        authentication: AuthenticationDraft::SignInOnce {
            user_name: EMAIL.to_owned(),
            password: Secret::new(password.to_owned()),
        },
        ..fixture.service.draft("", "")
    }
}

async fn made_by_us(fixture: &Fixture) -> usize {
    let all = fixture.service.list("/ApiUser").await;
    all.iter().filter(|user| user.to_string().contains("Rollcall")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_makes_one_api_user_and_is_kept_nowhere() {
    let fixture = Fixture::new(UptrendsQuirks::default()).await;
    let operator = json!({"FullName": "Ines Once", "Email": EMAIL, "Password": PASSWORD});
    fixture.service.ask("POST", "/Operator", operator).await;
    let before = made_by_us(&fixture).await;
    let hub = &fixture.test.hub;
    let wrong = hub.connect_account(ConnectAccountRequest { draft: draft(&fixture, "Once", "no") }).await;
    let wrong = wrong.unwrap_err();
    assert_eq!(
        (wrong.code, wrong.field.as_deref()),
        (ErrorCode::Unauthorized, Some("authentication.password"))
    );
    // A name that is taken is said before anything is made.
    let taken = hub.connect_account(ConnectAccountRequest { draft: draft(&fixture, "Acme", PASSWORD) });
    assert_eq!(taken.await.unwrap_err().field.as_deref(), Some("name"));
    let tried = hub.test_connection(TestConnectionRequest { draft: draft(&fixture, "Once", PASSWORD) });
    assert_eq!(tried.await.unwrap_err().code, ErrorCode::InvalidInput);
    assert_eq!(made_by_us(&fixture).await, before);

    let request = ConnectAccountRequest { draft: draft(&fixture, "Once", PASSWORD) };
    let account = hub.connect_account(request).await.unwrap();
    assert_eq!(made_by_us(&fixture).await, before + 1);
    let Authentication::Basic { user_name } = &account.authentication else { panic!("an API user") };
    assert_ne!(user_name, EMAIL);
    fixture.test.sync_well(account.id).await;
    let kept = std::fs::read_dir(fixture.folder.path()).unwrap();
    for file in kept.map(|file| file.unwrap().path()).filter(|path| path.is_file()) {
        let bytes = std::fs::read(&file).unwrap();
        let has = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!has(PASSWORD) && !has(EMAIL), "{}", file.display());
    }
    // It cannot stand in for the credential of an account that is there.
    let AccountDraft { authentication, .. } = draft(&fixture, "", PASSWORD);
    let request = ReplaceCredentialRequest { account_id: account.id, authentication };
    assert_eq!(hub.replace_credential(request).await.unwrap_err().code, ErrorCode::InvalidInput);
    assert_eq!(made_by_us(&fixture).await, before + 1);
}
