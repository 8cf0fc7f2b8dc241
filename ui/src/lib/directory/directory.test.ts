import { beforeAll, describe, expect, it } from 'vitest';
import { fakeAccount } from '$lib/backend/fake-views';
import { i18n } from '$lib/i18n/i18n.svelte';
import { groupLink, historyLink, readSort, readTarget, runLink, userLink, usersLink } from './links';
import { listAge } from './list-age';
import { ENTERPRISE, otherAttributes, plainText, rawText, rawValues } from './raw';
import { wordFor } from './provider-words';
import { statusText } from './status';

beforeAll(() => i18n.use('en', 'en-GB'));

const queryOf = (address: string): URLSearchParams => new URLSearchParams(address.split('?')[1] ?? '');

describe('links', () => {
  it.each(['u1', 'a/b?c=1#d&e', 'é ñ 漢字', '%2F', 'uid=ann,ou=people+x', '../..'])(
    'carry the id %j unharmed',
    (id) => {
      expect(readTarget(queryOf(userLink(7, id)))).toEqual({ accountId: 7, remoteId: id });
      expect(readTarget(queryOf(groupLink(7, id)))).toEqual({ accountId: 7, remoteId: id });
      expect(userLink(7, id).split('#')).toHaveLength(2);
    },
  );

  it('name nobody when account or id is missing or no number', () => {
    for (const query of ['', 'account=1', 'id=x', 'account=x&id=y', 'account=1.5&id=y']) {
      expect(readTarget(new URLSearchParams(query)), query).toBeNull();
    }
  });

  it('leave out what is not filtered and what is usual', () => {
    expect(usersLink()).toBe('#/users');
    expect(usersLink({ text: '' })).toBe('#/users');
    expect(usersLink({ text: 'status:suspended groups:0' })).toBe('#/users?text=status%3Asuspended+groups%3A0');
    expect(usersLink({ sort: { column: 'displayName', descending: false } })).toBe('#/users');
    expect(usersLink({ sort: { column: 'email', descending: true } })).toBe('#/users?sort=email&order=desc');
    expect(historyLink({ run: 3, subject: 'user', action: 'added' })).toBe(
      '#/activity?view=changes&run=3&subject=user&action=added',
    );
    expect(runLink(12)).toBe('#/activity/run?id=12');
  });

  it('fall back to the usual order where a column is unknown', () => {
    const query = new URLSearchParams('sort=shoeSize&order=desc');
    expect(readSort(query, ['displayName', 'email'], 'displayName')).toEqual({
      column: 'displayName',
      descending: true,
    });
  });
});

describe('the age of a list', () => {
  const read = fakeAccount(1, 'Alpha');
  const older = fakeAccount(2, 'Beta', {
    usersState: read.usersState && { ...read.usersState, syncedAt: 1000 },
  });
  const unread = fakeAccount(3, 'Gamma', { usersState: null });

  it('is that of its oldest part', () => {
    expect(listAge([read, older], 'users')).toEqual({ oldest: 1000, unread: [] });
  });

  it('names the accounts that were never read', () => {
    expect(listAge([older, unread], 'users')).toEqual({ oldest: 1000, unread: ['Gamma'] });
    expect(listAge([unread], 'users')).toEqual({ oldest: null, unread: ['Gamma'] });
  });
});

describe('the record of the service', () => {
  it('gives texts, numbers and truths at a path, and nothing for other shapes', () => {
    const raw = { name: { givenName: 'Ada', familyName: ' ' }, n: 4, on: false, list: ['x'] };
    expect(rawText(raw, 'name', 'givenName')).toBe('Ada');
    expect(rawText(raw, 'n')).toBe('4');
    expect(rawText(raw, 'on')).toBe('false');
    for (const path of [['name', 'familyName'], ['list'], ['name'], ['gone', 'deeper'], ['n', 'deeper']]) {
      expect(rawText(raw, ...path), path.join('.')).toBeNull();
    }
    for (const odd of [null, undefined, 'text', 7, []]) expect(rawText(odd, 'name')).toBeNull();
  });

  it('gives the values of multi-valued attributes, however they are written', () => {
    const raw = {
      emails: [{ value: 'a@x', type: 'work' }, { value: '' }, 'b@x', null, { type: 'home' }],
      addresses: [
        { formatted: 'Rue 1\n1000 Bruxelles' },
        { streetAddress: 'Kade 2', locality: 'Gent', country: 'BE', type: 'home' },
      ],
      phoneNumbers: { value: '1' },
    };
    expect(rawValues(raw, 'emails')).toEqual([
      { value: 'a@x', type: 'work' },
      { value: 'b@x', type: null },
    ]);
    expect(rawValues(raw, 'addresses')).toEqual([
      { value: 'Rue 1, 1000 Bruxelles', type: null },
      { value: 'Kade 2, Gent, BE', type: 'home' },
    ]);
    expect(rawValues(raw, 'phoneNumbers')).toEqual([]);
  });

  it('lists every attribute that is shown nowhere else', () => {
    const raw = {
      id: 'u1',
      name: { givenName: 'Ada', honorificPrefix: 'Dr' },
      roles: [{ value: 'admin', type: 'app' }, { value: 'dev' }],
      empty: [],
      nothing: null,
      [ENTERPRISE]: { department: 'R&D', costCenter: 'C1' },
      'urn:example:custom': { badge: 44, nested: [{ a: 1 }] },
    };
    expect(otherAttributes(raw, ['id', 'name.givenName', `${ENTERPRISE}.department`])).toEqual([
      { path: 'name.honorificPrefix', value: 'Dr' },
      { path: 'roles', value: 'admin (app), dev' },
      { path: `${ENTERPRISE}.costCenter`, value: 'C1' },
      { path: 'urn:example:custom.badge', value: '44' },
      { path: 'urn:example:custom.nested', value: '{"a":1}' },
    ]);
    expect(otherAttributes(null, [])).toEqual([]);
  });

  it('does not take an attribute for shown because its name begins alike', () => {
    expect(otherAttributes({ title: 'x', titleOfHonour: 'y' }, ['title'])).toEqual([
      { path: 'titleOfHonour', value: 'y' },
    ]);
  });

  it('writes any value in one line', () => {
    expect(plainText([{ value: 'a@x', type: 'work' }, 'b'])).toBe('a@x (work), b');
    expect(plainText({ value: 'u1', displayName: 'Ann' })).toBe('Ann');
    expect(plainText({ odd: 1 })).toBe('{"odd":1}');
    expect(plainText(true)).toBe('true');
  });
});

it('says nothing about a status that the service does not report', () => {
  expect([true, false, null].map((active) => statusText(active))).toEqual(['Active', 'Suspended', 'Not reported']);
});

it('has the service’s own words where one kind of service is shown, and general ones elsewhere', () => {
  expect(wordFor('uptrends', 'users.title')).toBe('Operators');
  expect(wordFor('logto', 'users.title')).toBe('Users');
  expect(wordFor(null, 'common.usersCount', { count: 2 })).toBe('2 users');
  expect(wordFor('uptrends', 'common.usersCount', { count: 2 })).toBe('2 operators');
  expect(wordFor('uptrends', 'roles.title')).toBe('Roles');
  expect([true, false, null].map((active) => statusText(active, 'uptrends'))).toEqual([
    'Receives alerts',
    'No alerts',
    'Not reported',
  ]);
});
