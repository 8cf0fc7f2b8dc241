// The groups in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();

describe('groups', () => {
  test('are filtered to those without members', async () => {
    const page = await open('/groups');
    await count(page).waitFor();
    await page.getByRole('checkbox', { name: 'Without members' }).check();
    await page.waitForURL(/empty=true$/);
    expect((await requests(page, 'query_groups')).at(-1)).toMatchObject({ emptyOnly: true });
    await page.getByTestId('count').filter({ hasText: ' of ' }).waitFor();
    expect(await page.locator('[role=row]').nth(1).textContent()).toContain('0');
  });

  test('are filtered to those with members that are gone, from the hub on', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: /^Members gone/ }).click();
    await page.waitForURL(/#\/groups\?dangling=true$/);
    await page.getByTestId('count').filter({ hasText: ' of ' }).waitFor();
    expect((await requests(page, 'query_groups')).at(-1)).toMatchObject({ danglingOnly: true });
    const marks = await page.getByText(/^\d+ gone$/).count();
    expect(marks).toBe((await rowNames(page)).length);
  });

  test('mark members that are gone, and lead from a nested group to its page', async () => {
    const page = await open('/groups/detail?account=1&id=g0', {}, () => {
      const fake = window.__fake;
      const member = {
        kind: 'user' as const,
        email: null,
        active: true,
        dangling: false,
        roles: [],
        administers: false,
        addedAt: null,
      };
      fake.on('get_group', ({ accountId, remoteId, offset }) => ({
        row: {
          accountId,
          remoteId,
          displayName: `Group ${remoteId}`,
          kind: 'group' as const,
          members: 3,
          dangling: 1,
          everybody: false,
          invitations: 0,
          pending: null,
          createdAt: null,
          modifiedAt: null,
        },
        members: [
          { ...member, remoteId: 'u1', displayName: 'Ann' },
          { ...member, remoteId: 'x9', displayName: 'x9', active: null, dangling: true },
          { ...member, remoteId: 'a/b', displayName: 'Nested', kind: 'group' as const },
        ].slice(offset),
        raw: {},
        groupsState: null,
        membersState: null,
        history: [],
      }));
    });
    await page.getByRole('row', { name: /x9.*No longer in the account/ }).waitFor();
    expect(await page.getByRole('row', { name: /x9/ }).getByRole('link').count()).toBe(0);
    await page
      .getByRole('row', { name: /Nested.*Group in this group/ })
      .getByRole('link')
      .click();
    await page.waitForURL(/id=a%2Fb$/);
    await page.getByRole('heading', { name: 'Group a/b' }).waitFor();
    expect(await requests(page, 'get_group')).toContainEqual(expect.objectContaining({ remoteId: 'a/b' }));
  });
});
