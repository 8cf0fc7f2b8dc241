//! What the people of the sample account hold: roles, memberships, tokens, factors, sessions, grants, enterprise
//! identities; and who is invited.

use serde_json::{Value, json};

use super::estate::{Estate, Site};
use super::people::Person;
use super::plan::{InvitationPlan, Plan};
use super::{DAY, LOWER, MIXED};
use crate::clock::format_ms;
use crate::logto::api::sessions::factor;
use crate::logto::api::shared::stamped;
use crate::logto::api::tokens::token;
use crate::logto::refusal::Refusal;
use crate::logto::store::{Detail, Edge, EntityKind, User, link, put_detail};
use crate::rng::Rng;

const PORTAL: &str = "portal0customers00001";

/// Gives everybody what they hold.
pub fn hand_out(
    site: &Site<'_>,
    plan: &Plan,
    rng: &mut Rng,
    estate: &Estate,
    people: &[Person],
) -> Result<(), Refusal> {
    for person in people {
        for (role, own) in estate.roles.iter().zip(&plan.roles) {
            if rng.chance(own.share) {
                link(site.conn, Edge::RoleUser, *role, person.user.seq, 0)?;
            }
        }
        factors(site, rng, &person.user)?;
        sessions(site, rng, &person.user)?;
        if rng.chance(0.1) {
            enterprise(site, rng, &person.user)?;
        }
    }
    members(site, plan, rng, estate, people)?;
    tokens(site, plan, rng, people)?;
    for own in &plan.invitations {
        let end = site.now + own.end * DAY;
        invite(site, rng, estate, people, own, end, None)?;
    }
    accepted(site, rng, estate, people)
}

fn factors(site: &Site<'_>, rng: &mut Rng, user: &User) -> Result<(), Refusal> {
    if !rng.chance(0.5) {
        return Ok(());
    }
    let (totp, key) = (rng.text(21, LOWER), rng.text(21, LOWER));
    let since = user.created + DAY / 2;
    if rng.chance(0.8) {
        put_detail(site.conn, user.seq, Detail::Factor, &totp, &factor(&totp, "Totp", since, None))?;
        if rng.chance(0.5) {
            let id = rng.text(21, LOWER);
            let left = u32::try_from(rng.below(11)).unwrap_or(0);
            let codes = factor(&id, "BackupCode", since, Some(left));
            put_detail(site.conn, user.seq, Detail::Factor, &id, &codes)?;
        }
    } else {
        let passkey = json!({
            "id": key, "createdAt": format_ms(since), "lastUsedAt": user.last_sign_in.map(format_ms),
            "type": "WebAuthn", "agent": "Mozilla/5.0 (Macintosh)", "name": "Laptop",
        });
        put_detail(site.conn, user.seq, Detail::Factor, &key, &passkey)?;
    }
    Ok(())
}

/// A session for two in three who signed in within two weeks, with a grant; suspended people have none.
fn sessions(site: &Site<'_>, rng: &mut Rng, user: &User) -> Result<(), Refusal> {
    let Some(seen) = user.last_sign_in.filter(|seen| site.now - seen < 14 * DAY) else { return Ok(()) };
    if user.suspended || rng.chance(0.33) {
        return Ok(());
    }
    let (uid, grant, end) = (rng.text(21, MIXED), rng.text(21, MIXED), seen + 14 * DAY);
    let session = json!({
        "payload": {
            "exp": end / 1000, "iat": seen / 1000, "jti": rng.text(21, MIXED), "uid": uid, "kind": "Session",
            "loginTs": seen / 1000, "accountId": user.id,
            "authorizations": { PORTAL: { "sid": rng.text(21, MIXED), "grantId": grant, "persistsLogout": true } },
        },
        "lastSubmission": {
            "interactionEvent": "SignIn", "userId": user.id,
            "verificationRecords": [{ "id": rng.text(21, LOWER), "type": "Password",
                "identifier": { "type": "email", "value": user.email }, "verified": true }],
            "signInContext": { "ip": format!("203.0.113.{}", 1 + rng.below(254)),
                "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0" },
        },
        "clientId": PORTAL, "accountId": user.id, "expiresAt": end,
    });
    put_detail(site.conn, user.seq, Detail::Session, &uid, &session)?;
    let value = json!({
        "id": grant, "expiresAt": end, "application": { "id": PORTAL, "name": "Customer portal" },
        "payload": { "exp": end / 1000, "iat": seen / 1000, "jti": grant, "kind": "Grant", "clientId": PORTAL,
            "accountId": user.id, "openid": { "scope": "openid offline_access profile email" } },
    });
    Ok(put_detail(site.conn, user.seq, Detail::Grant, &grant, &value)?)
}

fn enterprise(site: &Site<'_>, rng: &mut Rng, user: &User) -> Result<(), Refusal> {
    let connector = "entra0workforce000001";
    let identity = json!({
        "tenantId": "default", "id": rng.text(21, LOWER), "userId": user.id,
        "issuer": "https://login.veldhoven.example/", "identityId": rng.text(22, MIXED),
        "detail": { "email": user.email, "name": user.name }, "createdAt": user.created, "updatedAt": user.updated,
        "ssoConnectorId": connector,
    });
    Ok(put_detail(site.conn, user.seq, Detail::SsoIdentity, connector, &identity)?)
}

/// In each organisation the first is its owner, two more are admins.
fn members(
    site: &Site<'_>,
    plan: &Plan,
    rng: &mut Rng,
    estate: &Estate,
    people: &[Person],
) -> Result<(), Refusal> {
    for (organization, own) in estate.organizations.iter().zip(&plan.organizations) {
        let language = usize::try_from(own.people - 1).ok();
        let mut joined = 0;
        for person in people {
            let joins = match own.people {
                0 => rng.chance(0.08),
                people if people > 0 => Some(person.language) == language && rng.chance(0.85),
                _ => false,
            };
            if !joins {
                continue;
            }
            link(site.conn, Edge::Member, *organization, person.user.seq, 0)?;
            let name = match joined {
                0 => "owner",
                1 | 2 => "admin",
                _ => "member",
            };
            if let Some((_, role)) = estate.organization_roles.iter().find(|role| role.0 == name) {
                link(site.conn, Edge::MemberRole, *organization, person.user.seq, *role)?;
            }
            joined += 1;
        }
    }
    Ok(())
}

/// Each token goes to somebody who was there when it was made.
fn tokens(site: &Site<'_>, plan: &Plan, rng: &mut Rng, people: &[Person]) -> Result<(), Refusal> {
    for own in &plan.tokens {
        let created = site.now - own.created * DAY;
        let there: Vec<&Person> = people.iter().filter(|person| person.user.created < created).collect();
        let Some(holder) = rng.pick(&there).copied().or_else(|| people.first()) else { continue };
        let end = own.end.map(|end| site.now + end * DAY);
        let value = token(&holder.user.id, &own.name, &rng.text(32, MIXED), created, end);
        put_detail(site.conn, holder.user.seq, Detail::AccessToken, &own.name, &value)?;
    }
    Ok(())
}

fn invite(
    site: &Site<'_>,
    rng: &mut Rng,
    estate: &Estate,
    people: &[Person],
    own: &InvitationPlan,
    end: i64,
    accepted_by: Option<&User>,
) -> Result<(), Refusal> {
    let (Some(organization), Some(id)) =
        (estate.organizations.get(own.organization), estate.organization_ids.get(own.organization))
    else {
        return Ok(());
    };
    let created = site.now - own.created * DAY;
    let inviter = people.iter().find(|person| person.user.created < created && !person.user.suspended);
    let own_id = rng.text(21, LOWER);
    let value = stamped(
        &own_id,
        json!({
            "inviterId": inviter.map(|person| &person.user.id), "invitee": own.invitee,
            "acceptedUserId": accepted_by.map(|user| &user.id), "organizationId": id, "status": own.status,
            "createdAt": created, "updatedAt": if own.status == "Pending" { created } else { created + DAY },
            "expiresAt": end,
        }),
    );
    let named = (own_id.as_str(), own.invitee.as_str());
    let seq = site.put(EntityKind::Invitation, named, *organization, own.created, &value)?;
    if let Some((_, role)) = estate.organization_roles.iter().find(|role| role.0 == own.role) {
        link(site.conn, Edge::InvitationRole, seq, *role, 0)?;
    }
    Ok(())
}

/// Two members of the second organisation came by an invitation.
fn accepted(site: &Site<'_>, rng: &mut Rng, estate: &Estate, people: &[Person]) -> Result<(), Refusal> {
    let dutch = people.iter().filter(|person| person.language == 1 && !person.user.suspended);
    for (person, created) in dutch.skip(4).take(2).zip([45, 90]) {
        let own = InvitationPlan {
            invitee: person.user.email.clone().unwrap_or_default(),
            organization: 1,
            created,
            end: 7 - created,
            status: "Accepted".to_owned(),
            role: "member".to_owned(),
        };
        let end = site.now + own.end * DAY;
        invite(site, rng, estate, people, &own, end, Some(&person.user))?;
        if let Some(organization) = estate.organizations.get(1) {
            link(site.conn, Edge::Member, *organization, person.user.seq, 0)?;
        }
    }
    Ok(())
}

/// A line of the audit log about a sign-in; one that failed does not know whose it was.
pub fn sign_in(rng: &mut Rng, user: &User, failed: bool) -> (&'static str, Value) {
    let address = user.email.clone().unwrap_or_default();
    let mut payload = json!({
        "result": if failed { "Error" } else { "Success" },
        "ip": format!("203.0.113.{}", 1 + rng.below(254)),
        "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
        "userAgentParsed": { "browser": { "name": "Chrome", "version": "130" }, "os": { "name": "Linux" } },
        "applicationId": PORTAL,
        "interaction": { "interactionEvent": "SignIn", "verificationRecords": [] },
    });
    let Some(map) = payload.as_object_mut() else { return ("", Value::Null) };
    if !failed {
        map.insert("userId".to_owned(), Value::from(user.id.as_str()));
        return ("Interaction.SignIn.Submit", payload);
    }
    let words = "Incorrect account or password. Please check your input.";
    map.insert("error".to_owned(), json!({ "code": "session.invalid_credentials", "message": words }));
    map.insert(
        "payload".to_owned(),
        json!({ "identifier": { "type": "email", "value": address }, "password": "******" }),
    );
    ("Interaction.SignIn.Verification.Password.Submit", payload)
}
