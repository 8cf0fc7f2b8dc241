// Changes in the built window, over the fake core: the queue, the dialog that writes, and what comes of it.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const writable = { accounts: 'writable' } as const;
const waiting = { accounts: 'writable', changes: true } as const;
const logto = { accounts: 'logto' } as const;

const dialog = (page: Page) => page.getByTestId('write-dialog');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());

describe('the dialog that writes', () => {
  test('names the account, has Cancel in focus, and sends what was looked at', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await press(page, 'Suspend');
    await dialog(page).getByText('Suspend: no sign-in until let in again').waitFor();
    expect(await dialog(page).getByTestId('write-account').textContent()).toContain('Maison Lumière');
    expect(await focused(page)).toBe('Cancel');
    await press(page, 'Apply now');
    await dialog(page).getByText('Done. The service has it.').waitFor();
    expect(await requests(page, 'apply_now')).toEqual([
      { accountId: 1, edits: [{ kind: 'setUserActive', user: 'u7', active: false }], confirmations: [] },
    ]);
    await dialog(page).getByRole('button', { name: 'Show the receipt' }).click();
    await page.getByRole('heading', { level: 1, name: /^Receipt/ }).waitFor();
  });

  test('says what is lost, and waits until that is confirmed', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await press(page, 'More actions');
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await dialog(page).getByText('2 memberships:').waitFor();
    const apply = dialog(page).getByRole('button', { name: 'Apply now' });
    expect(await apply.isDisabled()).toBe(true);
    await dialog(page)
      .getByRole('checkbox', { name: /cannot be taken back/ })
      .check();
    await apply.click();
    await dialog(page).getByText('Done. The service has it.').waitFor();
    expect(await requests(page, 'apply_now')).toMatchObject([{ confirmations: [{ key: 'gone u7', typed: null }] }]);
  });

  test('keeps an edit for later, which then shows in the list, in the top bar and in the navigation', async () => {
    const page = await open('/users/detail?account=1&id=u0', writable);
    await press(page, 'Suspend');
    await press(page, 'Add to pending changes');
    await page.getByTestId('pending-notice').getByText('Suspend or let in').waitFor();
    await page.getByTestId('pending-changes').getByText('1 pending change').waitFor();
    expect(await page.getByTestId('changes-count').textContent()).toContain('1 pending change');
    await page.getByTestId('sidebar').getByRole('link', { name: 'Users' }).click();
    const row = page.getByRole('row', { name: /Anna Vermeulen/ }).first();
    await row.getByTestId('pending').waitFor();
    expect(await row.textContent()).toContain('now: Active');
  });

  test('says what needs the person when the service refuses', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await page.evaluate(
      () => (window.__fake.queue.block = { kind: 'refused', reason: null, field: null, words: 'Not on a Sunday.' }),
    );
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await dialog(page).getByText('1 change needs you').waitFor();
    expect(await dialog(page).textContent()).toContain('Not on a Sunday.');
  });

  test('leaves both ways open when the core does not begin', async () => {
    const page = await open('/users/detail?account=1&id=u7', {
      ...writable,
      fail: { apply_now: { code: 'syncBusy', action: 'retry' } },
    });
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await dialog(page).getByText('You can also add it to the pending changes').waitFor();
    await press(page, 'Add to pending changes');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await requests(page, 'propose_changes')).toHaveLength(1);
  });

  test('cannot be left while it sends, and stops on request', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await page.evaluate(() => (window.__fake.queue.held = true));
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await page.getByTestId('apply-progress').waitFor();
    await page.keyboard.press('Escape');
    expect(await dialog(page).count()).toBe(1);
    await page.getByTestId('apply-progress').getByRole('button', { name: 'Stop' }).click();
    await page.getByTestId('apply-outcome').waitFor();
    expect(await requests(page, 'cancel_apply')).toEqual([{ accountId: 1 }]);
  });
});

describe('the changes', () => {
  test('teach when there are none', async () => {
    const page = await open('/changes', writable);
    await page.getByRole('heading', { name: 'Nothing waits to be sent' }).waitFor();
    expect(await page.getByTestId('pending-changes').count()).toBe(0);
  });

  test('stand by account and subject with before and after, losses and states', async () => {
    const page = await open('/changes', waiting);
    const queue = page.getByTestId('queue');
    await queue.getByRole('heading', { name: 'Maison Lumière' }).waitFor();
    const text = await queue.textContent();
    for (const words of [
      'Accountant',
      'Chargée de clientèle',
      'Lost for good',
      'All staff, Engineering',
      'Needs you',
    ]) {
      expect(text).toContain(words);
    }
    await page.getByTestId('pending-changes').getByText('7 pending changes').waitFor();
  });

  test('show the three values of a disagreement, and take the decision', async () => {
    const page = await open('/changes', waiting);
    const blocked = page.getByTestId('blocked').filter({ hasText: 'Principal' });
    const cells = await blocked.locator('tbody tr').locator('th, td').allTextContents();
    expect(cells).toEqual(['Job title', 'Junior', 'Senior', 'Principal']);
    await blocked.getByRole('button', { name: 'Use mine' }).click();
    await blocked.waitFor({ state: 'detached' });
    expect(await requests(page, 'resolve_change')).toEqual([{ changeId: 5, choice: 'keepMine' }]);
  });

  test('are moved with the keyboard, the focus going along', async () => {
    const page = await open('/changes', waiting);
    const down = page.getByRole('button', { name: 'Send later' }).first();
    await down.focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.__fake.calls.some(({ name }) => name === 'reorder_changes'));
    expect((await requests<{ changes: number[] }>(page, 'reorder_changes'))[0]?.changes.slice(0, 2)).toEqual([2, 1]);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Send later');
  });

  test('are withdrawn after a question, without anything sent', async () => {
    const page = await open('/changes', waiting);
    await page.getByRole('checkbox', { name: /Suspend: no sign-in/ }).check();
    await press(page, 'Withdraw…');
    await page.getByTestId('withdraw-dialog').getByText('Nothing changes at the service').waitFor();
    expect(await focused(page)).toBe('Keep it');
    await page.getByTestId('withdraw-dialog').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await page.getByTestId('pending-changes').getByText('6 pending changes').waitFor();
    expect(await requests(page, 'withdraw_changes')).toEqual([{ accountId: 1, changes: [2] }]);
  });

  test('are applied as chosen, after everything is confirmed, and leave a receipt', async () => {
    const page = await open('/changes', waiting);
    await page
      .getByRole('checkbox', { name: 'Choose: Jeanne Dubois' })
      .or(page.getByRole('checkbox', { name: /Delete this user/ }))
      .first()
      .check();
    await press(page, 'Apply 1 chosen…');
    const last = page.getByTestId('apply-dialog');
    await last.getByText('Lost for good').waitFor();
    expect(await last.getByText('Chargée de clientèle').count()).toBe(0);
    const apply = last.getByRole('button', { name: 'Apply', exact: true });
    expect(await apply.isDisabled()).toBe(true);
    await last.getByRole('checkbox', { name: /cannot be taken back/ }).check();
    await apply.click();
    await last.getByText('Done. The service has it.').waitFor();
    await last.getByRole('button', { name: 'Close' }).last().click();
    await page.getByTestId('receipts').getByText('1 applied').waitFor();
    expect(await requests(page, 'apply_changes')).toEqual([
      { accountId: 1, changes: [3], confirmations: [{ key: 'gone u8', typed: null }] },
    ]);
  });

  test('that made a value shown once say so until it was seen', async () => {
    const page = await open('/changes', waiting);
    await page.getByRole('checkbox', { name: /Create this user/ }).check();
    await press(page, 'Apply 1 chosen…');
    await page.getByTestId('apply-dialog').getByRole('button', { name: 'Apply', exact: true }).click();
    await page.getByTestId('apply-outcome').getByRole('button', { name: 'Show the value…' }).click();
    const secret = page.getByTestId('secret-dialog');
    expect(await secret.getByTestId('secret').count()).toBe(0);
    expect(await requests(page, 'take_secret')).toEqual([]);
    await secret.getByRole('button', { name: 'Show', exact: true }).click();
    await secret.getByText('pat_shown-once-4711').waitFor();
    await page.keyboard.press('Escape');
    await secret.getByText('You have not copied it').waitFor();
    expect(await focused(page)).toBe('Go back');
    await secret.getByRole('button', { name: 'I have kept it' }).click();
    await secret.waitFor({ state: 'detached' });
  });

  test('are edited again in their form, filled in, and take the place of the earlier ones', async () => {
    const page = await open('/changes', waiting);
    await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
    const form = page.getByTestId('record-form');
    const name = form.getByRole('textbox', { name: 'Name', exact: false }).first();
    await form.waitFor();
    expect(await form.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Daan Dubois-Lefèvre');
    await name.waitFor();
    await form.getByRole('textbox', { name: /^Name/ }).fill('Daan D.');
    await form.getByRole('button', { name: 'Continue…' }).click();
    await press(page, 'Add to pending changes');
    await form.waitFor({ state: 'detached' });
    const [request] = await requests<{ edits: { fields: { path: string; after: unknown }[] }[] }>(
      page,
      'propose_changes',
    );
    expect(request?.edits[0]?.fields).toContainEqual(
      expect.objectContaining({ path: 'displayName', after: 'Daan D.' }),
    );
    expect(await requests(page, 'withdraw_changes')).toEqual([]);
  });
});

describe('a receipt', () => {
  test('says call by call what was done, and shows what undoing brings back and what not', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await press(page, 'Suspend');
    await press(page, 'Apply now');
    await press(page, 'Show the receipt');
    const lines = page.getByTestId('receipt-lines');
    await lines.getByText('Carried out by the service').waitFor();
    expect(await page.getByTestId('detail').textContent()).toContain('rollcall-admin');
    await press(page, 'Undo…');
    await dialog(page).getByText('Let in again').first().waitFor();
    await press(page, 'Add to pending changes');
    expect(await requests(page, 'propose_changes')).toEqual([
      { accountId: 1, edits: [{ kind: 'setUserActive', user: 'u7', active: true }] },
    ]);
  });
});

describe('forms', () => {
  test('show what is wrong at its field and lose nothing', async () => {
    const page = await open('/users', { ...writable, users: 5 });
    await press(page, 'New user');
    const form = page.getByTestId('record-form');
    await form.getByRole('textbox', { name: 'User name' }).fill('zoe');
    await form.getByRole('textbox', { name: /^E-mail/ }).fill('zoe@');
    await page.evaluate(
      () => (window.__fake.queue.problems = [{ path: 'emails[primary].value', reason: 'invalidEmail', limit: null }]),
    );
    await form.getByRole('button', { name: 'Continue…' }).click();
    await form.getByText('This is not an e-mail address.').waitFor();
    expect(await form.getByRole('textbox', { name: /^E-mail/ }).evaluate((box) => box === document.activeElement)).toBe(
      true,
    );
    expect(await form.getByRole('textbox', { name: 'User name' }).inputValue()).toBe('zoe');
    await page.evaluate(() => (window.__fake.queue.problems = []));
    await form.getByRole('combobox', { name: 'Password' }).selectOption('Generate one');
    await form.getByRole('button', { name: 'Continue…' }).click();
    await press(page, 'Apply now');
    await page.getByTestId('secret-dialog').waitFor();
    expect(await requests(page, 'apply_now')).toMatchObject([
      {
        edits: [
          {
            kind: 'createUser',
            password: 'generated',
            fields: [
              { path: 'userName', before: null, after: 'zoe' },
              { path: 'emails[primary].value', before: null, after: 'zoe@' },
            ],
          },
        ],
      },
    ]);
  });

  test('ask before what was typed is thrown away, by Esc and by going elsewhere', async () => {
    const page = await open('/users/detail?account=1&id=u7', writable);
    await press(page, 'Edit');
    const form = page.getByTestId('record-form');
    await form.getByRole('textbox', { name: /^Job title/ }).fill('Lead');
    await page.keyboard.press('Escape');
    await form.getByTestId('leave-notice').waitFor();
    expect(await focused(page)).toBe('Keep editing');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Alt+3');
    await form.getByTestId('leave-notice').waitFor();
    expect(page.url()).toMatch(/#\/users\/detail/);
    await form.getByRole('button', { name: 'Throw away' }).click();
    await form.waitFor({ state: 'detached' });
  });

  test('say where JSON goes wrong, and change only the keys that are written', async () => {
    const page = await open('/users/detail?account=1&id=u7', logto);
    await press(page, 'Edit');
    const form = page.getByTestId('record-form');
    await form.getByText('Custom data').first().click();
    const box = form.getByRole('textbox', { name: 'Custom data' });
    await box.fill('{\n  "plan": oops\n}');
    await form.getByText('look at line 2, character 11').waitFor();
    await box.fill('{"plan": "team"}');
    await form.getByText('Not in the text, but they stay: seats').waitFor();
    await form.getByRole('button', { name: 'Continue…' }).click();
    await dialog(page).getByText('Custom data: plan').waitFor();
    await press(page, 'Apply now');
    expect(await requests(page, 'apply_now')).toMatchObject([
      { edits: [{ kind: 'updateUser', fields: [{ path: 'customData.plan', before: 'pro', after: 'team' }] }] },
    ]);
  });

  test('say that a service can only be read, on demand', async () => {
    const page = await open('/users/detail?account=2&id=u7', writable);
    await press(page, 'More actions');
    await page.getByRole('menuitem', { name: 'What is not possible here?' }).click();
    await page.getByText('can only be read').waitFor();
    expect(await page.getByRole('button', { name: 'Suspend' }).count()).toBe(0);
  });
});

describe('tokens', () => {
  test('are made with an end of choice, and warn when there is none', async () => {
    const page = await open('/users/detail?account=1&id=u7', logto);
    await press(page, 'New token');
    const box = page.getByTestId('token-dialog');
    await box.getByRole('textbox', { name: 'Name' }).fill('Nightly export');
    await box.getByRole('combobox', { name: 'Good for' }).selectOption('For ever');
    await box.getByText('A token that never expires').waitFor();
    await box.getByRole('button', { name: 'Continue…' }).click();
    await dialog(page).getByText('A value is made that can be seen once only').waitFor();
    await press(page, 'Apply now');
    await page.getByTestId('secret-dialog').waitFor();
    expect(await requests(page, 'apply_now')).toMatchObject([
      { edits: [{ kind: 'createToken', owner: 'u7', name: 'Nightly export', expiresAt: null }] },
    ]);
  });

  test('are rotated: the successor now, the old one revoked later', async () => {
    const page = await open('/users/detail?account=1&id=u7', logto);
    await press(page, 'Rotate: ci');
    const box = page.getByTestId('token-dialog');
    expect(await box.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('ci 2');
    await box.getByRole('radio', { name: /^Revoke it later/ }).check();
    await box.getByRole('button', { name: 'Continue…' }).click();
    await press(page, 'Apply now');
    await page.getByTestId('secret-dialog').waitFor();
    await page.waitForFunction(() => window.__fake.calls.some(({ name }) => name === 'propose_changes'));
    expect(await requests(page, 'propose_changes')).toEqual([
      { accountId: 1, edits: [{ kind: 'deleteToken', owner: 'u7', name: 'ci' }] },
    ]);
  });
});

describe('a token that is rotated with a date for the old one', () => {
  test('is replaced now, and the revocation waits for that date, which can be moved or taken away', async () => {
    const page = await open('/users/detail?account=1&id=u7', logto);
    await press(page, 'Rotate: ci');
    const box = page.getByTestId('token-dialog');
    const day = box.getByLabel('Revoke the old token on');
    await day.fill('2001-01-01');
    await box.getByRole('button', { name: 'Continue…' }).click();
    await box.getByText('Choose a day after today.').waitFor();
    await day.fill('2099-03-31');
    await box.getByRole('button', { name: 'Continue…' }).click();
    await dialog(page)
      .getByTestId('plan')
      .getByText(/By itself on .*2099/)
      .waitFor();
    await dialog(page).getByRole('checkbox').check();
    await press(page, 'Apply now');
    await page.getByTestId('secret-dialog').waitFor();
    expect(await requests(page, 'apply_now')).toEqual([]);
    expect(await requests(page, 'apply_changes')).toMatchObject([{ changes: [1] }]);
    const midnight = await page.evaluate(() => new Date(2099, 2, 31).getTime());
    expect(await requests(page, 'schedule_change')).toEqual([{ accountId: 1, changeId: 2, dueAt: midnight, needs: 1 }]);
    const secret = page.getByTestId('secret-dialog');
    await secret.getByRole('button', { name: 'Copy' }).click();
    await secret.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: /^Changes/ }).click();
    const queue = page.getByTestId('queue');
    await queue.getByText(/By itself on .*2099/).waitFor();
    expect(await queue.getByRole('button', { name: 'Apply…' }).isDisabled()).toBe(true);
    await queue.getByRole('button', { name: 'Change the date' }).click();
    await page.getByTestId('schedule-dialog').getByRole('button', { name: 'No date' }).click();
    await page.getByText('Waits for you, without a date.').waitFor();
    await queue.getByRole('button', { name: 'Apply 1 change…' }).waitFor();
  });
});

describe('roles and groups', () => {
  test('are given to people found by name', async () => {
    const page = await open('/roles/detail?account=1&id=r0', logto);
    await press(page, 'Give it to people');
    const picker = page.getByTestId('picker');
    await picker.getByRole('searchbox').fill('hannah');
    await picker
      .getByRole('checkbox', { name: /Hannah de Vries/ })
      .first()
      .check();
    await picker.getByRole('button', { name: 'Continue with 1…' }).click();
    await dialog(page).getByTestId('plan').getByText('Give the role Administrator').waitFor();
    await press(page, 'Apply now');
    expect(await requests(page, 'apply_now')).toMatchObject([
      { edits: [{ kind: 'assignRole', role: 'r0', holder: 'u7', group: null }] },
    ]);
  });

  test('take members with roles there, and let them go by key', async () => {
    const page = await open('/groups/detail?account=1&id=o0', logto);
    await press(page, 'Add people');
    const picker = page.getByTestId('picker');
    await picker
      .getByRole('checkbox', { name: /Hannah de Vries/ })
      .first()
      .check();
    await picker.getByRole('checkbox', { name: 'Member' }).check();
    await picker.getByRole('button', { name: 'Continue with 1…' }).click();
    await dialog(page).getByText('Give the role Member in Acme').waitFor();
    await press(page, 'Cancel');
    await page
      .getByRole('row', { name: /Anna Vermeulen/ })
      .getByRole('gridcell')
      .nth(2)
      .click();
    await page.keyboard.press('Delete');
    await dialog(page).getByText('Remove from Acme').waitFor();
    expect(await rowNames(page)).toContain('Anna Vermeulen');
  });

  test('give and take the roles of a member there in one look', async () => {
    const page = await open('/users/detail?account=1&id=u7', { ...logto, rich: true });
    await press(page, 'Roles…: Engineering');
    const box = page.getByTestId('roles-dialog');
    await box.getByRole('checkbox', { name: 'Organisation admin' }).uncheck();
    await box.getByRole('checkbox', { name: 'Member' }).check();
    await box.getByRole('button', { name: 'Continue…' }).click();
    await dialog(page)
      .getByText(/Take the role Organisation admin/)
      .waitFor();
    expect(await dialog(page).textContent()).toContain('Give the role Member');
  });
});
