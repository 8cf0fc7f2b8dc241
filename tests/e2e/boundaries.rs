//! What the page may not do, tried from inside it.

use rollcall_tests::keychain::Session;
use rollcall_tests::window::in_window;
use serde_json::json;

#[tokio::test]
async fn the_page_can_neither_run_foreign_code_nor_reach_the_network_nor_call_what_is_not_granted() {
    let session = Session::with_keychain();
    in_window("boundaries", &session, async |window| {
        let attempt = async |script: &str| {
            let script = format!(
                "const done = arguments[0]; (async () => {{ {script} }})().then((it) => done(`done: ${{it}}`), (error) => done(`refused: ${{error}}`))"
            );
            window.script_async(&script, Vec::new()).await.as_str().expect("a text").to_owned()
        };
        let refused = async |script: &str| {
            let outcome = attempt(script).await;
            assert!(outcome.starts_with("refused:"), "{script}: {outcome}");
            outcome
        };
        assert_eq!(attempt("return 1 + 1").await, "done: 2");
        refused("return await (await fetch('https://example.com/')).text()").await;
        refused("return await (await fetch('http://127.0.0.1:9/')).text()").await;
        refused("return await import('data:text/javascript,export default 1')").await;
        refused("await new Promise((resolve, reject) => { const s = document.createElement('script'); s.src = 'https://example.com/a.js'; s.onload = resolve; s.onerror = () => reject('blocked'); document.head.append(s) })").await;
        let inline = "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.head.append(s); return window.ran ?? 'not run'";
        assert_eq!(attempt(inline).await, "done: not run");
        let denied = refused("return await window.__TAURI_INTERNALS__.invoke('plugin:window|set_title', { label: 'main', value: 'x' })").await;
        assert!(denied.contains("not allowed"), "{denied}");
        refused("return await window.__TAURI_INTERNALS__.invoke('plugin:opener|open_url', { url: 'file:///etc/passwd' })").await;
        refused("return await window.__TAURI_INTERNALS__.invoke('plugin:opener|open_url', { url: 'http://example.com/' })").await;
        refused("return await window.__TAURI_INTERNALS__.invoke('plugin:opener|open_path', { path: '/etc/passwd' })").await;
        refused("return await window.__TAURI_INTERNALS__.invoke('plugin:event|emit', { event: 'hub', payload: {} })").await;
        assert_eq!(attempt("return typeof window.__TAURI__").await, "done: undefined");
        assert_eq!(attempt("return Object.isFrozen(Object.prototype)").await, "done: true");
        let known = attempt("return (await window.__TAURI_INTERNALS__.invoke('get_app_state', { request: {} })).version").await;
        assert_eq!(json!(known), json!(format!("done: {}", env!("CARGO_PKG_VERSION"))));
    })
    .await;
}
