// Organisations kept by hand in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const roster = { accounts: 'roster' } as const;

describe('an organisation without an API', () => {
  test('is made from a form that asks no credential, and leads to the pasting of its members', async () => {
    const page = await open('/connect', roster);
    await page.getByRole('radio', { name: /^An organisation without an API/ }).check();
    expect(await page.getByLabel('Token').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Test connection' }).count()).toBe(0);
    await page.getByLabel('Name', { exact: true }).fill('Ateliers');
    await page.getByLabel(/^Plan/).first().fill('Pro');
    await page.getByLabel(/^Each member more/).fill('many');
    await page.getByRole('button', { name: 'Create and paste its members' }).click();
    await page.getByText('This is no amount').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-field'))).toBe('memberPrice');
    await page.getByLabel(/^Each member more/).fill('49,50');
    await page.getByRole('button', { name: 'Create and paste its members' }).click();
    await page.getByRole('heading', { name: 'Members of an organisation without an API' }).waitFor();
    expect((await requests(page, 'create_roster')).at(-1)).toMatchObject({
      name: 'Ateliers',
      preset: 'isocarto',
      terms: { plan: 'Pro', planPrice: 18_000, memberPrice: 4_950, currency: 'EUR' },
    });
  });

  test('shows on the Hub what it costs, and is never synchronised', async () => {
    const page = await open('/', roster);
    const cost = page.getByTestId('cost-card');
    await cost.getByRole('row', { name: /Now €410 €4,920 2/ }).waitFor();
    await cost.getByText('An estimate, excl. VAT.').waitFor();
    expect(await page.getByRole('button', { name: 'Sync', exact: true }).count()).toBe(0);
    await page.getByTestId('sync').getByRole('link', { name: 'Paste members…' }).waitFor();
    await page.getByRole('button', { name: 'Organisation…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Most members/).fill('25');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect((await requests(page, 'update_roster')).at(-1)).toMatchObject({ terms: { memberLimit: 25 }, rights: null });
  });

  test('is read in by pasting, one page after the other, and shows what would change before it does', async () => {
    const page = await open('/organizations/import?account=1', roster);
    const box = page.getByLabel('What stands on the page');
    await box.fill('Nom\tE-mail\tRôle\nHugo Petit\thugo@ateliers.example\tMembre');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Pasted text 1').waitFor();
    await page.getByLabel('The next page, or another table').fill('more');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('Pasted text 2').waitFor();
    expect((await requests(page, 'preview_roster_import')).at(-1)).toMatchObject({ importId: 1, text: 'more' });

    const members = page.getByTestId('import-members');
    await members.getByRole('button', { name: 'Not understood 1' }).click();
    await page.getByRole('row', { name: /There is no e-mail address/ }).waitFor();
    await page.getByText('Pasted text 1').click();
    await page.getByLabel('What “Column 3” becomes').first().selectOption('role');
    expect((await requests(page, 'update_roster_import')).at(-1)).toMatchObject({
      source: 0,
      columns: ['name', 'email', 'role'],
    });
    await page.getByText(/is in no row and stays/).waitFor();
    await page.getByRole('checkbox', { name: 'These are all members' }).check();
    await page.getByText(/is in no row and goes/).waitFor();
    await page.getByRole('button', { name: 'Take 3 changes' }).click();
    await page.waitForURL(/#\/activity\/run/);
    expect((await requests(page, 'take_roster_import')).at(-1)).toEqual({
      importId: 1,
      allMembers: true,
      allInvitations: false,
      formerOwnerRole: null,
    });
  });

  test('warns that a new owner leaves two of them, and takes what the former one is since', async () => {
    const page = await open('/organizations/import?account=1', roster, () => {
      const known = window.__fake;
      const former = { remoteId: 'u0', displayName: 'Claire Fontaine' };
      known.on('preview_roster_import', ({ accountId }) => ({
        importId: 1,
        accountId,
        accountName: 'Ateliers',
        sources: [
          {
            fileName: null,
            list: 'members',
            encoding: null,
            separator: null,
            columns: [],
            rows: 1,
            stated: null,
            problem: null,
          },
        ],
        members: { rows: 1, joined: 0, changed: 1, same: 0, duplicate: 0, malformed: 0, gone: 2, stated: null },
        invitations: { rows: 0, joined: 0, changed: 0, same: 0, duplicate: 0, malformed: 0, gone: 0, stated: null },
        looksComplete: false,
        passing: { owner: 'Hugo Petit', former, inNoRow: true },
      }));
    });
    await page.getByLabel('What stands on the page').fill('Hugo Petit');
    await page.keyboard.press('Control+Enter');
    const warning = page.getByTestId('passing-owner');
    await warning.getByText('Hugo Petit becomes the owner, and Claire Fontaine would stay one too').waitFor();
    await warning.getByLabel('The former owner is now').selectOption('Member');
    await page.getByRole('button', { name: 'Take 1 change' }).click();
    await page.waitForURL(/#\/activity\/run/);
    expect((await requests(page, 'take_roster_import')).at(-1)).toMatchObject({ formerOwnerRole: 'member' });
  });

  test('has a checklist in the place of a plan to send: each thing says what to do where, and is ticked', async () => {
    const page = await open('/changes', roster, () => {
      const queue = window.__fake.queue;
      queue.keep(1, { kind: 'removeMember', group: 'organization', groupKind: 'organization', member: 'u3' });
      queue.keep(1, {
        kind: 'assignRole',
        role: 'administrator',
        holder: 'u4',
        holderKind: 'user',
        group: 'organization',
      });
    });
    await page.getByText(/“Confirmer la suppression”/).waitFor();
    expect(await page.getByRole('button', { name: /^Apply/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Open the page' }).click();
    await expect.poll(async () => (await requests(page, 'open_roster_page')).length).toBe(1);
    await page.getByRole('button', { name: 'All 2 are done…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Note that 2 things were done' });
    await dialog.getByLabel('Done on').fill('2026-01-15');
    await dialog.getByRole('button', { name: 'It is done', exact: true }).click();
    await expect.poll(async () => (await requests(page, 'tick_changes')).length).toBe(1);
    const [tick] = await requests<{ changes: number[]; doneOn: number }>(page, 'tick_changes');
    expect(tick?.changes.length).toBe(2);
    expect(new Date(tick?.doneOn ?? 0).getFullYear()).toBe(2026);
  });

  test('keeps tokens by hand without their secrets', async () => {
    const page = await open('/tokens', roster);
    await page.getByRole('button', { name: 'Note a token…' }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Continue…' }).click();
    const dialog = page.getByTestId('keep-token-dialog');
    await dialog.getByText(/Never write the secret itself/).waitFor();
    await dialog.getByLabel('Name of the token').fill('Map export');
    await dialog.getByLabel(/^Where it is used/).fill('the weekly report');
    await dialog.getByRole('button', { name: 'Continue…' }).click();
    await expect.poll(async () => (await requests(page, 'preview_edits')).length).toBe(1);
    const write = page.getByTestId('write-dialog');
    await write.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await requests(page, 'tick_now')).length).toBe(1);
    expect((await requests(page, 'tick_now')).at(-1)).toMatchObject({
      edits: [{ kind: 'keepToken', name: 'Map export', usedWhere: 'the weekly report' }],
    });
  });

  test('has a review sheet of its own', async () => {
    const page = await open('/organizations/review?account=1', roster);
    await page.getByRole('heading', { name: 'Review of the members of Acme' }).waitFor();
    const row = page.getByRole('row', { name: /Hugo Petit.*Member.*€50.*2/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('☐ keep');
  });
});
