use rollcall_tests::keychain::Session;
use rollcall_tests::window::{in_window, Key};

#[tokio::test]
async fn probe() {
    let session = Session::with_keychain();
    in_window("probe", &session, async |window| {
        println!("{}", window.text().await);
        println!("{:?}", window.accessibility_findings().await);
        println!("{:?}", window.script("return [typeof window.__TAURI__, Object.isFrozen(Object.prototype)]", vec![]).await);
        window.screenshot("probe").await;
        window.press(&[Key::Tab]).await;
    })
    .await;
}
