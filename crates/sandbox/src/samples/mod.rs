//! Sample accounts: three made-up organisations of the SCIM dialect that a newcomer opens without a credential, and the
//! start of those of the Logto and Uptrends dialects.

mod evolve;
mod organisation;
mod people;
mod records;

use std::sync::Arc;

use organisation::{Organisation, organisations};
use people::{Person, Standing};

use crate::rng::Rng;
use crate::store::{Db, Kind, Times, Write, count_sample_start, insert_with_id};
use crate::{Quirks, Sandbox, SandboxError, ScimError, TenantOptions, logto, uptrends};

/// A sample account.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleTenant {
    /// Name in the address.
    pub slug: String,
    /// For a person, in the organisation's own language.
    pub name: String,
    /// BCP 47 tag of that language.
    pub language: String,
    /// How its service behaves.
    pub quirks: Quirks,
}

impl SampleTenant {
    /// What to start it with; the caller adds a credential.
    pub fn options(&self) -> TenantOptions {
        TenantOptions::new(&self.slug).quirks(self.quirks.clone())
    }
}

/// The sample accounts.
///
/// # Errors
/// Never, unless the program was built from broken data.
pub fn sample_tenants() -> Result<Vec<SampleTenant>, SandboxError> {
    let told = |organisation: Organisation| SampleTenant {
        slug: organisation.slug,
        name: organisation.name,
        language: organisation.locale,
        quirks: organisation.quirks,
    };
    Ok(organisations()?.into_iter().map(told).collect())
}

impl Sandbox {
    /// Fills those tenants that are samples and still empty. People, groups and times are the same in every run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_samples(&self) -> Result<(), SandboxError> {
        for organisation in organisations()? {
            if let Ok(tenant) = self.tenant(&organisation.slug) {
                let id = tenant.state.id;
                self.app.store.call(move |db| seed(db, id, &organisation)).await?;
            }
        }
        let plan = logto::sample_plan()?;
        if let Ok(tenant) = self.tenant(&plan.slug)
            && let Some(own) = &tenant.state.logto
        {
            let (id, now) = (tenant.state.id, own.now_ms());
            self.app.store.call(move |db| Ok(logto::seed(db, id, &plan, now)?)).await?;
        }
        let plan = uptrends::sample_plan()?;
        if let Ok(tenant) = self.tenant(&plan.slug) {
            let state = Arc::clone(&tenant.state);
            let work = move |db: &mut Db| match &state.uptrends {
                Some(own) => Ok(uptrends::seed(db, state.id, own, &plan)?),
                None => Ok(()),
            };
            self.app.store.call(work).await?;
        }
        Ok(())
    }

    /// Lets some days pass in the samples, so that there is something to see since the last sync: people join, leave,
    /// move. The first call only counts; each later one, in this run or another, makes a few changes that depend on
    /// how many came before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn evolve_samples(&self) -> Result<(), SandboxError> {
        for organisation in organisations()? {
            if let Ok(tenant) = self.tenant(&organisation.slug) {
                let state = Arc::clone(&tenant.state);
                let work = move |db: &mut Db| {
                    let starts = count_sample_start(db, state.id)?;
                    if starts == 0 { Ok(()) } else { evolve::evolve(db, &state, &organisation, starts) }
                };
                self.app.store.call(work).await?;
            }
        }
        let plan = logto::sample_plan()?;
        if let Ok(tenant) = self.tenant(&plan.slug) {
            let state = Arc::clone(&tenant.state);
            let work = move |db: &mut Db| match count_sample_start(db, state.id)? {
                0 => Ok(()),
                starts => Ok(logto::evolve(db, &state, &plan, starts)?),
            };
            self.app.store.call(work).await?;
        }
        let plan = uptrends::sample_plan()?;
        if let Ok(tenant) = self.tenant(&plan.slug) {
            let state = Arc::clone(&tenant.state);
            let work = move |db: &mut Db| match count_sample_start(db, state.id)? {
                0 => Ok(()),
                starts => Ok(uptrends::evolve(db, &state, &plan, starts)?),
            };
            self.app.store.call(work).await?;
        }
        Ok(())
    }
}

/// Given and family names of one language.
pub struct Names {
    pub feminine: Vec<String>,
    pub masculine: Vec<String>,
    pub family: Vec<String>,
}

/// French, Dutch and English names, in this order.
pub fn names() -> Result<Vec<Names>, SandboxError> {
    let own = |organisation: Organisation| Names {
        feminine: organisation.feminine,
        masculine: organisation.masculine,
        family: organisation.family,
    };
    Ok(organisations()?.into_iter().map(own).collect())
}

fn seed(db: &mut Db, tenant: i64, organisation: &Organisation) -> Result<(), ScimError> {
    let filled = "SELECT EXISTS (SELECT 1 FROM resources WHERE tenant_id = ?1)";
    if db.conn.query_row(filled, [tenant], |row| row.get(0))? {
        return Ok(());
    }
    let mut rng = Rng::for_text(organisation.seed + 1, &organisation.slug);
    let people = people::everybody(organisation);
    let tx = db.conn.transaction()?;
    for person in &people {
        let record = records::user(organisation, &mut rng, person, manager_of(person, &people));
        let times = Times { created: person.created, modified: person.modified, version: person.version };
        insert_with_id(&tx, Write { tenant, kind: Kind::User }, &person.id, record, times)?;
    }
    for plan in &organisation.groups {
        let record = records::group(organisation, &mut rng, plan, &people);
        let first = jiff::civil::date(organisation.since, 3, 2);
        let created = people::moment(&mut rng, first, people::LAST_DAY);
        let modified = people::moment(&mut rng, first, people::LAST_DAY).max(created);
        let times = Times { created, modified, version: 2 };
        insert_with_id(&tx, Write { tenant, kind: Kind::Group }, &rng.uuid(), record, times)?;
    }
    tx.commit()?;
    db.orders.forget(tenant);
    Ok(())
}

/// The head of the department; heads report to the head of the first department.
fn manager_of<'a>(person: &Person, people: &'a [Person]) -> Option<&'a Person> {
    let department = match person.standing {
        Standing::Robot => return None,
        Standing::Lead if person.department == 0 => return None,
        Standing::Lead => 0,
        Standing::Employee | Standing::Contractor | Standing::FormerContractor => person.department,
    };
    people.iter().find(|other| other.standing == Standing::Lead && other.department == department)
}
