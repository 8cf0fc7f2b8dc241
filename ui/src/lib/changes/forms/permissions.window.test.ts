// The form of a role and the limits of the owner in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('the permissions of a role', () => {
  test('are ticked by the API they are rights on, and what it has stays', async () => {
    const page = await open('/roles/detail?account=1&id=r0', logto);
    await page.getByRole('button', { name: 'Edit', exact: true }).first().click();
    const form = page.getByTestId('record-form');
    const billing = form.getByRole('group', { name: 'Billing API' });
    await billing.getByRole('checkbox', { name: /^read:invoices/ }).uncheck();
    await billing.getByRole('checkbox', { name: /^delete:invoices/ }).check();
    await form.getByText('3 chosen').waitFor();
    // What it has already stays to be seen, wherever it is from.
    expect(await form.getByRole('checkbox', { name: /^invite:member/ }).isChecked()).toBe(true);
    await form.getByRole('button', { name: 'Continue…' }).click();
    await page.getByRole('button', { name: 'Apply now' }).click();
    await page.getByText('Done. The service has it.').waitFor();
    expect(await requests(page, 'apply_now')).toMatchObject([
      { edits: [{ kind: 'updateRole', role: 'r0', fields: [{ path: 'permissions', after: ['p0', 'p2', 'p3'] }] }] },
    ]);
  });

  test('are given to a new role, those of the organisation template where it is held in organisations', async () => {
    const page = await open('/roles', logto);
    await page.getByRole('button', { name: 'New role' }).click();
    const form = page.getByTestId('record-form');
    await form.getByRole('combobox', { name: 'Held in' }).selectOption({ index: 1 });
    await form.getByRole('textbox', { name: 'Name' }).fill('Clerk');
    await form.getByRole('checkbox', { name: /^invite:member/ }).check();
    await form.getByRole('checkbox', { name: /^read:invoices/ }).check();
    await form.getByRole('button', { name: 'Continue…' }).click();
    await page.getByRole('button', { name: 'Apply now' }).click();
    await page.getByText('Done. The service has it.').waitFor();
    expect(await requests(page, 'apply_now')).toMatchObject([
      {
        edits: [
          {
            kind: 'createRole',
            scope: 'organization',
            permissions: ['p0', 'p1'],
            fields: [{ path: 'name', after: 'Clerk' }],
          },
        ],
      },
    ]);
  });
});

describe('the limits of the owner', () => {
  test('are chosen in the settings, and a new token is offered no longer', async () => {
    const page = await open('/settings', logto);
    await page.getByRole('combobox', { name: 'Ask before changing more than' }).selectOption('25 records at once');
    const card = page.getByTestId('account-card').first();
    await card.getByRole('combobox', { name: 'Longest time of a new token' }).selectOption('30 days');
    await page.waitForFunction(() => window.__fake.calls.filter(({ name }) => name === 'update_settings').length === 2);
    expect((await requests(page, 'update_settings')).at(-1)).toMatchObject({
      settings: { manySubjects: 25, tokenDays: { 1: 30 } },
    });
    await page.evaluate(() => {
      const href = '#/users/detail?account=1&id=u7';
      Object.assign(document.body.appendChild(document.createElement('a')), { href }).click();
    });
    await page.getByRole('button', { name: 'New token' }).click();
    const choice = page.getByTestId('token-dialog').getByRole('combobox', { name: 'Good for' });
    expect(await choice.locator('option').allTextContents()).toEqual(['7 days', '30 days', 'Until a day of my choice']);
    expect(await choice.inputValue()).toBe('30');
    await choice.selectOption('Until a day of my choice');
    expect(await page.getByLabel('Last day').getAttribute('max')).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});
