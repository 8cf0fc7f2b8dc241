import { createRawSnippet } from 'svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MemberView } from '$lib/backend/bindings';
import { fakeGroup } from '$lib/backend/fake-people';
import { i18n } from '$lib/i18n/i18n.svelte';
import { groupColumns, memberStatus } from './columns';
import { groupsLink, readGroupFilter } from './filter';

beforeAll(() => i18n.use('en', 'en-GB'));

describe('the filter in the address', () => {
  const read = (query: string, withAccount = true) => readGroupFilter(new URLSearchParams(query), 3, withAccount);

  it('comes back from its own link', () => {
    const filter = read('text=a+b&empty=true&dangling=true&sort=members&order=desc');
    expect(filter).toEqual({
      accountId: 3,
      kind: 'group',
      text: 'a b',
      emptyOnly: true,
      danglingOnly: true,
      sort: 'members',
      descending: true,
    });
    expect(groupsLink(filter)).toBe('#/groups?text=a+b&empty=true&dangling=true&sort=members&order=desc');
    expect(groupsLink(read(''))).toBe('#/groups');
  });

  it('does not order by account where there is only one, nor by a column that does not sort', () => {
    expect(read('sort=account', false).sort).toBe('displayName');
    expect(read('sort=dangling').sort).toBe('displayName');
  });
});

it('copies plain numbers, whatever the language writes', () => {
  const dangling = createRawSnippet(() => ({ render: () => '<i></i>' }));
  const columns = groupColumns({ mark: dangling, dangling, accountName: () => '', withAccount: false });
  const members = columns.find(({ id }) => id === 'members');
  const row = { ...fakeGroup(1, 0, 10), members: 12_345 };
  expect(members?.text(row)).toBe('12,345');
  expect(members?.copy?.(row)).toBe('12345');
});

it('says of a member that it is gone, or a group, before anything else', () => {
  const member: MemberView = {
    remoteId: 'u1',
    kind: 'user',
    displayName: 'Ann',
    email: null,
    active: null,
    dangling: false,
    roles: [],
    administers: false,
    addedAt: null,
  };
  expect(memberStatus(member)).toBe('Not reported');
  expect(memberStatus({ ...member, kind: 'group' })).toBe('Group in this group');
  expect(memberStatus({ ...member, kind: 'group', dangling: true })).toBe('No longer in the account');
});
