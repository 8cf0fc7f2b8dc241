//! Certificates: which are refused and with what words, and the own authority of an account.

use std::path::Path;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, Issuer, KeyPair, date_time_ymd};
use rollcall_core::api::ErrorCode;
use rollcall_core::model::Account;
use rollcall_core::remote::{DirectoryRead, RemoteError, open};
use rollcall_tests::accounts::{bearer, credential};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::fake::{Fake, Reply, SECRET, quick, user};

/// An authority that no computer knows.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A service at 127.0.0.1 whose certificate is `params`, signed by `issuer` or by itself.
async fn service(params: CertificateParams, issuer: Option<&Issuer<'_, KeyPair>>) -> (Fake, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, issuer).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let fake = Fake::start_with(Some(acceptor), |seen, _| match seen.path() {
        "/Users" => Reply::list(1, &[user("1")]),
        _ => Reply::refusal(404, "none"),
    })
    .await;
    (fake, certificate.pem())
}

fn named(names: &[&str]) -> CertificateParams {
    CertificateParams::new(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap()
}

fn trusting(address: &str, authority: &Path) -> Result<Arc<dyn DirectoryRead>, RemoteError> {
    let certificate_authority = Some(authority.to_str().unwrap().to_owned());
    open(&Account { certificate_authority, ..bearer(address) }, &credential(SECRET), quick())
}

/// How discovery fails, and that nothing was sent.
async fn refusal(fake: &Fake, directory: &dyn DirectoryRead) -> String {
    let error = directory.discover().await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::CertificateRejected, "{error:?}");
    assert_eq!(fake.seen().len(), 0, "the credential stayed here");
    error.to_string()
}

#[tokio::test]
async fn a_self_signed_certificate_is_refused_until_its_file_is_named() {
    let (fake, pem) = service(named(&["127.0.0.1"]), None).await;
    let reason = refusal(&fake, &*fake.directory()).await;
    assert!(reason.contains("self-signed"), "{reason}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("service.pem");
    std::fs::write(&file, pem).unwrap();
    trusting(&fake.address, &file).unwrap().discover().await.unwrap();
}

#[tokio::test]
async fn an_own_authority_is_accepted_among_others_in_one_file() {
    let (ours, other) = (authority(), authority());
    let (fake, _) = service(named(&["127.0.0.1"]), Some(&ours)).await;
    refusal(&fake, &*fake.directory()).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authorities.pem");
    std::fs::write(&file, format!("A comment\n{}\n{}", other.pem(), ours.pem())).unwrap();
    trusting(&fake.address, &file).unwrap().discover().await.unwrap();
    std::fs::write(&file, other.pem()).unwrap();
    assert!(trusting(&fake.address, &file).unwrap().discover().await.is_err());
}

#[tokio::test]
async fn an_expired_early_or_misnamed_certificate_is_refused_with_the_reason() {
    let ours = authority();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("authority.pem");
    std::fs::write(&file, ours.pem()).unwrap();
    let mut expired = named(&["127.0.0.1"]);
    expired.not_before = date_time_ymd(2020, 1, 1);
    expired.not_after = date_time_ymd(2021, 1, 1);
    let mut early = named(&["127.0.0.1"]);
    early.not_before = date_time_ymd(4000, 1, 1);
    for (params, words) in [
        (expired, "has expired"),
        (early, "not valid yet"),
        (named(&["id.example.com"]), "belongs to another name"),
    ] {
        let (fake, _) = service(params, Some(&ours)).await;
        let reason = refusal(&fake, &*trusting(&fake.address, &file).unwrap()).await;
        assert!(reason.contains(words), "{reason}");
    }
}

#[tokio::test]
async fn a_service_without_tls_at_an_https_address_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
        }
    });
    let error = open(&bearer(&address), &credential(SECRET), quick()).unwrap().discover().await.unwrap_err();
    assert!(error.to_string().contains("does not speak TLS"), "{error}");
}

#[test]
fn a_certificate_file_that_cannot_be_used_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    for path in [
        folder.path().join("missing.pem"),
        folder.path().to_owned(),
        file("empty.pem", ""),
        file("text.pem", "hello"),
        file("key.pem", &KeyPair::generate().unwrap().serialize_pem()),
        file("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
        file("open.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n"),
    ] {
        // Also for an account that has no use for it yet: its address may be corrected to https later.
        for address in ["https://id.example.com/scim", "http://127.0.0.1:1/scim"] {
            let Err(error) = trusting(address, &path) else { panic!("{} was taken", path.display()) };
            assert_eq!(error.code(), ErrorCode::InvalidInput, "{error}");
            assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
            assert!(!error.to_string().contains("builder error"), "{error}");
        }
    }
}
