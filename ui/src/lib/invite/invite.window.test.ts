// Invitations in the built window, over the fake core: the form with what would become of each address, and what can be done
// with one row or many.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;
const invitations = '/organizations?view=invitations';

const form = (page: Page) => page.getByTestId('invite-dialog');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function toAcme(page: Page) {
  await press(page, 'Invite…');
  await page.getByTestId('picker').getByRole('radio', { name: /^Acme/ }).click();
  await page.getByTestId('picker').getByRole('button', { name: 'Continue…' }).click();
  await form(page).getByRole('heading', { name: 'Invite to Acme' }).waitFor();
}

describe('inviting', () => {
  test('tells pasted addresses apart and invites those that are ready', async () => {
    const page = await open(invitations, logto);
    await toAcme(page);
    await form(page)
      .getByLabel('E-mail addresses')
      .fill('ada@new.example, nobody guest0@example.org bo@new.example ada@new.example');
    for (const name of ['Ready 2', 'Not an address 1', 'Twice 1', 'Invited already 1']) {
      await form(page).getByRole('button', { name }).waitFor();
    }
    await form(page).getByRole('button', { name: 'Not an address 1' }).click();
    await form(page).getByTestId('invitees').getByText('guest0@example.org').waitFor({ state: 'detached' });
    expect(await form(page).getByTestId('invitees').getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('nobody'),
    ]);
    await press(page, 'Invite 2…');
    await page.getByRole('heading', { name: 'Invite 2 people to Acme' }).waitFor();
    expect(await page.getByText('No e-mail is sent').count()).toBeGreaterThan(1);
    await press(page, 'Add to pending changes');
    await form(page).waitFor({ state: 'detached' });
    const [proposed] = await requests<{ edits: unknown[] }>(page, 'propose_changes');
    expect(proposed?.edits).toEqual(
      ['ada@new.example', 'bo@new.example'].map((invitee) => ({
        kind: 'inviteUser',
        group: 'o0',
        invitee,
        roles: [],
        expiresAt: expect.any(Number) as number,
        message: null,
      })),
    );
    // They are in no list of the service yet.
    await page.getByText('2 invitations wait to be sent').waitFor();
  });

  test('takes the addresses of a file', async () => {
    const page = await open('/groups/detail?account=1&id=o0', logto);
    await press(page, 'Invite…');
    await form(page).getByRole('button', { name: 'From a file…' }).click();
    await form(page).getByText('From people.csv, column “E-mail”').waitFor();
    await form(page).getByRole('button', { name: 'Ready 2' }).waitFor();
    expect(await form(page).getByLabel('E-mail addresses').inputValue()).toContain('bo@new.example');
    // Beside them: what was taken, what was not, and why.
    expect(await form(page).getByTestId('file-columns').getByRole('listitem').allInnerTexts()).toEqual([
      'Roles are taken from the column “Role”.',
      'This role is not known here and was left out: Gardener.',
      '2 rows are of other organisations by their column “Organisation” and were left out.',
      'Not used, because an invitation has no place for it: Name.',
    ]);
  });

  test('sends no e-mail without a link, and keeps the link for the next time', async () => {
    const page = await open('/groups/detail?account=1&id=o0', logto);
    await press(page, 'Invite…');
    await form(page).getByLabel('E-mail addresses').fill('ada@new.example');
    await form(page)
      .getByRole('radio', { name: /sends an e-mail/ })
      .click();
    await press(page, 'Invite 1…');
    await form(page).getByText('An e-mail needs a link.').waitFor();
    const link = form(page).getByLabel('Link in the e-mail');
    await link.fill('nowhere');
    await press(page, 'Invite 1…');
    await form(page).getByText('This is not a web address').waitFor();
    await link.fill('https://app.example/{invitation}?m={email}');
    await form(page).getByTestId('invite-link').getByText('ada%40new.example').waitFor();
    await press(page, 'Invite 1…');
    await page.getByRole('heading', { name: 'Invite 1 person to Acme' }).waitFor();
    const [saved] = await requests<{ settings: { invitationLinks: unknown } }>(page, 'update_settings');
    expect(saved?.settings.invitationLinks).toEqual({ 1: 'https://app.example/{invitation}?m={email}' });
  });

  test('asks neither for roles nor an end nor an e-mail where the account has none of it', async () => {
    const page = await open('/groups/detail?account=1&id=o0', logto, () => {
      const fake = window.__fake;
      for (const account of fake.accounts) {
        if (!account.capabilities) continue;
        account.capabilities = {
          ...account.capabilities,
          invitations: { message: false, roles: false, choosesExpiry: false, days: 7, resendRenews: true },
        };
      }
      fake.emit({ kind: 'accountsChanged' });
    });
    await press(page, 'Invite…');
    await form(page).getByText('It can be accepted for 7 days.').waitFor();
    expect(await form(page).getByRole('radio').count()).toBe(0);
    expect(await form(page).getByRole('combobox').count()).toBe(0);
  });
});

describe('invitations', () => {
  test('have what fits what became of them, by mouse and by key', async () => {
    const page = await open(invitations, logto);
    await page.getByRole('row', { name: /guest0@example.org/ }).waitFor();
    const actions = async (guest: string) =>
      (
        await page
          .getByRole('row', { name: new RegExp(guest) })
          .getByRole('button')
          .allTextContents()
      ).map((text) => text.trim());
    expect(await actions('guest0@')).toEqual(['Send again…', 'Revoke…']);
    expect(await actions('guest1@')).toEqual(['Invite again…', 'Delete the record…']);
    expect(await actions('guest2@')).toEqual(['Delete the record…']);
    await page
      .getByRole('row', { name: /guest0@/ })
      .getByRole('gridcell')
      .nth(1)
      .click();
    await page.keyboard.press('Delete');
    const dialog = page.getByTestId('bulk-dialog');
    await dialog.getByRole('heading', { name: 'Revoke this invitation' }).waitFor();
    await dialog.getByText('Revoke the invitation: nobody can accept it any more').waitFor();
    await press(page, 'Add to pending changes');
    await page.getByRole('row', { name: /guest0@.*Pending: Revoke an invitation/ }).waitFor();
    expect(await requests(page, 'propose_bulk')).toHaveLength(1);
  });

  test('are made anew with an end of their own', async () => {
    const page = await open(invitations, logto);
    await page.getByRole('button', { name: 'Invite again… guest1@example.org' }).click();
    const dialog = page.getByTestId('again-dialog');
    await dialog.getByLabel('Can be accepted for').selectOption('14 days');
    await dialog.getByRole('button', { name: 'Continue…' }).click();
    await page.getByTestId('bulk-dialog').getByText('Invite to Acme').waitFor();
    const [asked] = await requests<{ action: { kind: string; expiresAt: number } }>(page, 'preview_bulk');
    expect(asked?.action.kind).toBe('inviteAgain');
    expect(asked?.action.expiresAt).toBeGreaterThan(Date.now() + 13 * 86_400_000);
  });
});
