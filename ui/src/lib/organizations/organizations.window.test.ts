// Organisations, invitations, and what Logto tells of a user, in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('organisations', () => {
  test('stand where other accounts have groups, with their open invitations', async () => {
    const page = await open('/', logto);
    const navigation = page.getByTestId('sidebar');
    await navigation.getByRole('link', { name: 'Organisations' }).click();
    await count(page).waitFor();
    expect(await rowNames(page)).toContain('Acme');
    expect((await requests(page, 'query_groups')).at(-1)).toMatchObject({ kind: 'organization' });
    expect(await navigation.getByRole('link', { name: 'Groups' }).count()).toBe(0);
  });

  test('lead from a number of open invitations to those', async () => {
    const page = await open('/groups/detail?account=1&id=o0', logto);
    await page.getByRole('link', { name: '2 pending invitations' }).click();
    await page.waitForURL(/view=invitations&text=Acme&state=pending$/);
    expect((await requests(page, 'query_invitations')).at(-1)).toMatchObject({ text: 'Acme', state: 'pending' });
    await page.getByRole('row', { name: /guest0@example.org.*Pending/ }).waitFor();
  });

  test('are counted on the hub, and each number opens its list', async () => {
    const page = await open('/', logto);
    for (const [name, address] of [
      [/^Organisations \d/, /#\/organizations$/],
      [/without members$/, /#\/organizations\?empty=true$/],
      [/^Invitations pending \d/, /#\/organizations\?view=invitations&state=pending$/],
      [/^\d+ expired$/, /#\/organizations\?view=invitations&state=expired$/],
      [/^New in 7 days/, /#\/users\?text=created%3A7d$/],
      [/^Without second factor/, /#\/users\?text=mfa%3Anone$/],
    ] as const) {
      await page.getByTestId('hub-screen').getByRole('link', { name }).click();
      await page.waitForURL(address);
      await page.goBack();
      await page.getByTestId('hub-screen').waitFor();
    }
    expect(await page.getByText('of 9,120 asked about').count()).toBe(1);
  });
});

describe('a user of Logto', () => {
  test('shows factors, sessions, tokens, roles and the log, and what is not reported', async () => {
    const page = await open('/users/detail?account=1&id=u4', logto);
    for (const text of ['Totp', 'Firefox on Linux', 'octo@example.org', 'Administrator', 'expires never', 'Expired']) {
      await page.getByText(text).first().waitFor();
    }
    expect(await page.getByText('last used not reported').count()).toBe(2);
    expect(await page.getByText('No application was let in.').count()).toBe(1);
  });

  test('says of what was not asked for yet that it is not read', async () => {
    const page = await open('/users/detail?account=1&id=u4', logto, () => {
      const known = window.__fake;
      known.on('get_user', async () => {
        const account = { accountId: 1, offset: 0, limit: 1 };
        const { rows } = await known.call('query_users', {
          ...account,
          text: '',
          sort: { column: 'displayName', descending: false },
        });
        const [row] = rows;
        if (!row) throw new Error('nobody');
        return {
          row,
          groups: [],
          roles: [],
          tokens: [],
          depth: null,
          log: [],
          invited: null,
          raw: {},
          firstSeenAt: 1,
          lastChangedAt: 1,
          usersState: null,
          groupsState: null,
          membershipsState: null,
          rolesState: null,
          history: [],
        };
      });
    });
    await page.getByText('Not read yet: users are asked about').first().waitFor();
    expect(await page.getByText('Not read yet: users are asked about').count()).toBe(5);
  });
});
