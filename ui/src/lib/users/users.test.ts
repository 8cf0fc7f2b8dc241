import { createRawSnippet } from 'svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, UserDetailView } from '$lib/backend/bindings';
import { fakeUser } from '$lib/backend/fake-people';
import { logtoCapabilities } from '$lib/backend/fake-views';
import { ENTERPRISE } from '$lib/directory/raw';
import { i18n } from '$lib/i18n/i18n.svelte';
import { userColumnIds, userColumns } from './columns';
import { readUserFilter } from './filter';
import { profileSections } from './profile';

beforeAll(() => i18n.use('en', 'en-GB'));

const status = createRawSnippet(() => ({ render: () => '<span></span>' }));

describe('the filter in the address', () => {
  const read = (query: string, withAccount = true) => readUserFilter(new URLSearchParams(query), null, withAccount);

  it('is everybody by name when nothing is asked', () => {
    expect(read('')).toEqual({
      accountId: null,
      text: '',
      sort: { column: 'displayName', descending: false },
    });
  });

  it('is what a link asks for', () => {
    expect(read('text=Zo%C3%AB+x&sort=email&order=desc')).toMatchObject({
      text: 'Zoë x',
      sort: { column: 'email', descending: true },
    });
  });

  it('passes over what cannot be meant', () => {
    expect(read('sort=x')).toEqual(read(''));
  });

  it('does not order by account where there is only one', () => {
    expect(read('sort=account', false).sort.column).toBe('displayName');
    expect(read('sort=account', true).sort.column).toBe('account');
  });
});

describe('the columns', () => {
  const columns = (withAccount: boolean) =>
    userColumns({ status, mark: status, accountName: (id) => `Account ${id}`, withAccount });

  it('are all those of the contract, the account only among several', () => {
    expect(columns(true).map(({ id }) => id)).toEqual([...userColumnIds]);
    expect(columns(false).map(({ id }) => id)).not.toContain('account');
  });

  it('show a date, point at the exact time, and copy it without doubt', () => {
    const created = columns(true).find(({ id }) => id === 'createdAt');
    const row = { ...fakeUser(1, 1), createdAt: Date.UTC(2026, 0, 2, 3, 4, 5) };
    expect(created?.text(row)).toBe('2 Jan 2026');
    expect(created?.copy?.(row)).toBe('2026-01-02T03:04:05.000Z');
    expect(created?.text({ ...row, createdAt: null })).toBe('');
  });

  it('show at first what services of the kind say of most people', () => {
    const shownFor = (accounts: Pick<AccountView, 'provider' | 'capabilities'>[]) =>
      userColumns({ status, mark: status, accountName: String, withAccount: false, accounts })
        .filter(({ hidden }) => !hidden)
        .map(({ id }) => id);
    const logto = shownFor([{ provider: 'logto', capabilities: logtoCapabilities }]);
    expect(logto).toContain('userName');
    expect(logto).not.toContain('title');
    const both = shownFor([
      { provider: 'logto', capabilities: logtoCapabilities },
      { provider: 'scim', capabilities: null },
    ]);
    expect(both).toEqual(expect.arrayContaining(['title', 'department']));
  });

  it('leave a cell empty where nothing is reported', () => {
    const title = columns(true).find(({ id }) => id === 'title');
    expect(title?.text({ ...fakeUser(1, 1), title: null })).toBe('');
  });
});

describe('the profile', () => {
  const view: UserDetailView = {
    row: { ...fakeUser(1, 1), email: 'a@work', phone: null, externalId: null, createdAt: null },
    groups: [],
    roles: [],
    tokens: [],
    depth: null,
    log: [],
    invited: null,
    membershipsState: null,
    rolesState: null,
    raw: {
      emails: [{ value: 'a@work' }, { value: 'a@home', type: 'home' }],
      [ENTERPRISE]: { manager: { value: 'u9', displayName: 'Karel' } },
      entitlements: [{ value: 'crm' }],
    },
    firstSeenAt: 1,
    lastChangedAt: 2,
    usersState: null,
    groupsState: null,
    history: [],
  };
  const facts = (id: string) => profileSections(view, 'scim').find((section) => section.id === id)?.facts ?? [];

  it('shows each e-mail once, with its use', () => {
    expect(facts('contact').filter(({ label }) => label.toLowerCase().includes('mail'))).toEqual([
      { label: 'E-mail', value: 'a@work' },
      { label: 'Other e-mail (home)', value: 'a@home' },
    ]);
  });

  it('keeps the place of what is usual but not reported', () => {
    expect(facts('contact')).toContainEqual({ label: 'Phone', value: null });
    expect(facts('account')).toContainEqual({ label: 'External id', value: null, code: true });
    expect(facts('account')).toContainEqual({ label: 'Created', at: null });
  });

  it('does not miss what is rare', () => {
    expect(facts('identity').map(({ label }) => label)).not.toContain('Nickname');
    expect(facts('work')).toContainEqual({ label: 'Manager', value: 'Karel' });
  });

  it('of a Logto user has no work, says what the service means, and leaves no raw time among the rest', () => {
    const raw = {
      id: 'u1',
      username: 'ada',
      name: 'Ada',
      createdAt: 1_753_251_662_464,
      isSuspended: false,
      hasPassword: true,
      lastSignInAt: null,
      customData: { plan: 'pro', seats: 3 },
      profile: { nickname: 'Countess', address: { locality: 'London', country: 'UK' } },
      somethingNew: 'x',
    };
    const sections = profileSections({ ...view, raw }, 'logto');
    const of = (id: string) => sections.find((section) => section.id === id)?.facts ?? [];
    expect(sections.map(({ id }) => id)).toEqual(['identity', 'contact', 'account', 'custom', 'other']);
    expect(of('identity')).toContainEqual({ label: 'Nickname', value: 'Countess' });
    expect(of('contact')).toContainEqual({ label: 'Address', value: 'London, UK' });
    expect(of('account')).toContainEqual({ label: 'Password', value: 'Set' });
    expect(of('account')).toContainEqual({ label: 'Last sign-in', value: 'Never' });
    expect(of('custom')).toContainEqual({ label: 'plan', value: 'pro', code: true });
    expect(of('other')).toEqual([{ label: 'somethingNew', value: 'x', code: true }]);
  });

  it('ends with every other attribute under its path', () => {
    expect(facts('other')).toEqual([{ label: 'entitlements', value: 'crm', code: true }]);
  });
});
