// API users that the service does not list, in the built window over the fake core.
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const lesser = { accounts: 'uptrendsLesser' } as const;

describe('API users that the service does not list', () => {
  test('are said to be hidden on the Hub and in their list, which lead to a list of one’s own by keyboard', async () => {
    const page = await open('/', lesser);
    const card = page.getByRole('listitem').filter({ hasText: 'Not listed to this credential' });
    expect(await card.getByRole('link', { name: /Import a list/ }).getAttribute('href')).toBe(
      '#/tokens/import?account=1',
    );
    await page.getByTestId('sidebar').getByRole('link', { name: 'API users' }).click();
    const notice = page.getByTestId('api-users-hidden');
    await notice.getByText('The service does not list the API users of Night watch').waitFor();
    await notice.getByRole('link').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Import API users' }).waitFor();
    const full = await open('/tokens', { accounts: 'uptrends' });
    await full.getByTestId('count').waitFor();
    expect(await full.getByTestId('api-users-hidden').count()).toBe(0);
  });

  test('are pasted, looked at, and kept only when that is said, with what goes told beforehand', async () => {
    const page = await open('/tokens/import?account=1', lesser);
    await page.getByLabel('The list of API users').fill('Operator\tUser name\nZoë Berg\ta1f0c2d4e6');
    await page.keyboard.press('Control+Enter');
    const states = page.getByTestId('api-user-states');
    await states.getByRole('button', { name: 'Not understood 1' }).click();
    await page.getByRole('row', { name: /d4c3b2a190.*“31\/02\/2025” is no date/ }).waitFor();
    await states.getByRole('button', { name: 'Operator not known 1' }).click();
    await page.getByRole('row', { name: /b7c9d1e3f5.*Several operators have this name/ }).waitFor();
    await page.getByText(/1 API user of the earlier list is in no row and goes/).waitFor();
    expect(await requests(page, 'take_api_users')).toEqual([]);
    await page.getByRole('checkbox', { name: 'Keep those that are not in this list' }).check();
    await page.getByText(/is in no row and stays/).waitFor();
    await page.getByText('2 columns').click();
    await page.getByLabel('What “Operator” becomes').selectOption('email');
    expect((await requests(page, 'update_api_users_import')).at(-1)).toMatchObject({ columns: ['email', 'userName'] });
    await page.getByRole('button', { name: 'Keep 3 changes' }).click();
    await page.waitForURL(/#\/tokens\?kind=apiUser$/);
    expect((await requests(page, 'take_api_users')).at(-1)).toEqual({ importId: 1, keepOthers: true });
  });

  test('cannot be kept from a text that is no list, which says what is missing', async () => {
    const page = await open('/tokens/import?account=1', lesser);
    await page.getByLabel('The list of API users').fill('hello');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('No column is known to hold the user names.', { exact: false }).waitFor();
    expect(await page.getByRole('button', { name: /^Keep/ }).isDisabled()).toBe(true);
    await page.getByLabel('What “Key” becomes').selectOption('userName');
    await page.getByRole('button', { name: 'Keep 4 changes' }).waitFor();
    expect(await page.getByRole('button', { name: 'Keep 4 changes' }).isEnabled()).toBe(true);
  });

  test('say that they are imported and when, and are taken off the list here alone', async () => {
    const page = await open('/tokens', lesser, () => {
      window.__fake.on('query_tokens', ({ filter }) => ({
        total: 1,
        all: 1,
        revision: 1,
        rows: [
          {
            accountId: filter.accountId ?? 1,
            owner: { kind: 'user', remoteId: 'named:jan', displayName: 'Jan', email: null, state: 'unknown' },
            kind: 'apiUser',
            accessType: 'Generic',
            remoteId: 'imported:k1',
            name: 'k1',
            description: null,
            createdAt: null,
            expiresAt: null,
            expiryKnown: true,
            lastUsedAt: null,
            lastUseKnown: false,
            requests: null,
            state: 'neverExpires',
            idle: false,
            firstSeenAt: Date.UTC(2026, 9, 1),
            importedAt: Date.UTC(2026, 9, 1, 12),
            madeHere: false,
          },
        ],
        counts: {
          all: 1,
          expired: 0,
          expiring: 0,
          neverExpires: 1,
          idle30: 0,
          idle90: 0,
          orphaned: 0,
          useNotReported: 1,
        },
        coverage: { users: 0, asked: 0, oldestAt: null, without: [1] },
      }));
    });
    await page.getByRole('row', { name: /k1.*Jan.*Not matched.*Imported 1 Oct 2026/ }).waitFor();
    await page.getByRole('gridcell', { name: 'k1', exact: true }).dblclick();
    const panel = page.getByTestId('token-panel');
    await panel.getByText('The service does not let Rollcall change or delete it', { exact: false }).waitFor();
    expect(await panel.getByRole('button', { name: /^(Revoke|Delete|Describe)/ }).count()).toBe(0);
    await panel.getByRole('button', { name: 'Take off the list: k1' }).click();
    await page.getByText('k1 is off the list here.').waitFor();
    expect((await requests(page, 'remove_imported_api_user')).at(-1)).toEqual({ accountId: 1, userName: 'k1' });
  });
});
