// Made-up people and groups for tests; the same numbers always give the same people.
import type { GroupRow, MemberView, UserRow } from './bindings';

const given = 'Anna Bram Chloé Daan Élise Femke Gérard Hannah Ivo Jeanne Karel Léa Maarten Noémie Olivier Priya Quentin Rosa Sven Théo'.split(' '); // prettier-ignore
const family = "Vermeulen|Dubois|de Vries|O'Connor|Lefèvre|van der Berg|Smith|Peeters|Martin-Durand|Jansen|Özdemir|Nguyễn|Taylor|Moreau|Claes|García".split('|'); // prettier-ignore
const departments = ['Finance', 'Ventes', 'Engineering', 'Personeelszaken', 'Support'];
const titles = ['Accountant', 'Chargée de clientèle', 'Software engineer', 'Teamleider', null];

/** A moment that tests can rely on: 20 Nov 2026, 09:00 UTC. */
export const fakeNow = Date.UTC(2026, 10, 20, 9);
const day = 86_400_000;

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

export function fakeUser(accountId: number, index: number): UserRow {
  const first = pick(given, index);
  const last = pick(family, Math.floor(index / 3));
  const name = `${first}.${last}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z.]/g, '');
  return {
    accountId,
    remoteId: `u${index}`,
    userName: `${name}${index}`,
    displayName: `${first} ${last}`,
    email: index % 17 === 5 ? null : `${name}${index}@example.org`,
    active: index % 9 === 4 ? false : index % 31 === 7 ? null : true,
    givenName: first,
    familyName: last,
    title: pick(titles, index),
    department: pick(departments, index),
    organization: index % 4 === 0 ? 'Maison Lumière' : null,
    employeeNumber: String(10_000 + index),
    userType: index % 6 === 0 ? 'Contractor' : 'Employee',
    phone: index % 3 === 0 ? `+32 2 555 ${String(1000 + index)}` : null,
    locale: pick(['en-GB', 'fr-FR', 'nl-BE'], index),
    externalId: null,
    groups: index % 11 === 3 ? 0 : 1 + (index % 4),
    pending: null,
    createdAt: fakeNow - (400 + index) * day,
    modifiedAt: fakeNow - (index % 90) * day,
    lastSignInAt: index % 3 === 0 ? null : fakeNow - index * day,
    signInKnown: index % 6 !== 3,
    invitedUntil: index % 7 === 2 ? fakeNow + (index % 3 === 0 ? -3 : 9) * day : null,
  };
}

export function fakeGroup(accountId: number, index: number, users: number): GroupRow {
  const names = ['All staff', 'Comptabilité', 'Engineering', 'Ploegleiders Antwerpen', 'Contractors', 'Board'];
  return {
    accountId,
    remoteId: `g${index}`,
    displayName: index < names.length ? pick(names, index) : `Project ${index}`,
    members: index % 5 === 4 ? 0 : Math.max(1, Math.floor(users / (index + 1))),
    kind: 'group',
    dangling: index % 7 === 2 ? 2 : 0,
    everybody: false,
    invitations: 0,
    pending: null,
    createdAt: fakeNow - (900 + index) * day,
    modifiedAt: fakeNow - (index % 40) * day,
  };
}

export function fakeMember(user: UserRow): MemberView {
  const { remoteId, displayName, email, active } = user;
  return {
    remoteId,
    kind: 'user',
    displayName,
    email,
    active,
    dangling: false,
    roles: [],
    administers: false,
    addedAt: null,
  };
}
