// The hub in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, useWindow } from '../../testing/screens';

const open = useWindow();

describe('the hub', () => {
  test('opens the list behind each number, and "back" returns', async () => {
    const page = await open('/');
    const numbers = [
      [/^Users \d/, /#\/users$/],
      [/^Suspended \d/, /#\/users\?text=status%3Asuspended$/],
      [/^In no group \d/, /#\/users\?text=groups%3A0$/],
      [/^Groups \d/, /#\/groups$/],
      [/without members$/, /#\/groups\?empty=true$/],
      [/active$/, /#\/users\?text=status%3Aactive$/],
    ] as const;
    for (const [name, address] of numbers) {
      await page.getByTestId('hub-screen').getByRole('link', { name }).click();
      await page.waitForURL(address);
      await count(page).waitFor();
      await page.goBack();
      await page.getByTestId('hub-screen').waitFor();
    }
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('All accounts');
  });

  test('counts what its list then shows', async () => {
    const page = await open('/');
    const card = page.getByTestId('hub-screen').getByRole('link', { name: /^Suspended/ });
    const shown = (await card.textContent())?.replace(/\D/g, '');
    await card.click();
    expect(await count(page).textContent()).toContain(`${shown} of `);
  });

  test('opens the lines of history behind each change of the last sync', async () => {
    const page = await open('/');
    await page.getByRole('button', { name: 'Maison Lumière' }).first().click();
    await page.getByRole('link', { name: 'Users, Changed: 5' }).first().click();
    await page.waitForURL(/#\/activity\?view=changes&run=10&subject=user&action=changed$/);
    expect((await requests<{ runId: number; action: string }>(page, 'query_history')).at(-1)).toMatchObject({
      runId: 10,
      action: 'changed',
    });
  });

  test('calls a first read by its name instead of listing everybody as new', async () => {
    const page = await open('/', {}, () => {
      const known = window.__fake;
      known.on('get_hub', async () => {
        const { run } = await known.call('get_run', { runId: 10 });
        return {
          users: 120,
          active: 100,
          suspended: 20,
          usersWithoutGroup: 0,
          groups: 12,
          emptyGroups: 0,
          danglingMemberships: 0,
          danglingOrganizationMemberships: 0,
          organizations: 0,
          emptyOrganizations: 0,
          pendingInvitations: 0,
          expiredInvitations: 0,
          invited: null,
          managingApplications: 0,
          figures: [],
          tokens: null,
          quotas: [],
          onDuty: null,
          apiUsers: null,
          monitors: null,
          lastRuns: [{ ...run, accountId: 1, baseline: true }],
          oldestSyncedAt: 1,
        };
      });
    });
    await page.getByRole('link', { name: 'First complete read' }).waitFor();
    expect(await page.getByText('no longer in the account').count()).toBe(0);
  });

  test('says that nothing was read yet, and starts the first sync', async () => {
    const page = await open('/', { accounts: 'unread' });
    await page.getByTestId('empty-state').getByRole('button', { name: 'Sync now' }).click();
    expect(await requests(page, 'start_sync')).toEqual([{ accountId: 1 }]);
  });
});
