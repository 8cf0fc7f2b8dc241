// What a removal means, said before anything is sent: over the fake core.
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

describe('a deletion', () => {
  test('says what is left to nobody, and hands a role over first', async () => {
    const page = await open('/users/detail?account=1&id=u3', logto);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = page.getByTestId('write-dialog');
    const left = dialog.getByTestId('left-behind');
    await left.getByText('Organisation admin in Acme').waitFor();
    await left.getByText('1 group or organisation without members').waitFor();
    await left.getByRole('button', { name: 'Hand it over first…' }).click();
    const picker = page.getByTestId('picker');
    await picker.getByRole('heading', { name: 'Who gets the role Organisation admin?' }).waitFor();
    // Whoever goes cannot be the one.
    expect(await picker.getByRole('radio', { disabled: true }).count()).toBe(1);
    await picker.getByRole('radio', { disabled: false }).first().check();
    await picker.getByRole('button', { name: 'Continue…' }).click();
    await dialog.getByText(/is handed to .* first/).waitFor();
    const [last] = (await requests<{ edits: { kind: string }[] }>(page, 'preview_edits')).slice(-1);
    expect(last?.edits.map(({ kind }) => kind)).toEqual(['addMember', 'assignRole', 'deleteUser']);
    expect(await left.getByText('role that nobody holds').count()).toBe(0);
  });

  test('can be a suspension instead, which loses nothing', async () => {
    const page = await open('/users/detail?account=1&id=u3', logto);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByTestId('instead').getByRole('button', { name: 'Suspend instead' }).click();
    await page.getByRole('dialog', { name: 'Suspend 1 user' }).waitFor();
    expect((await requests(page, 'preview_edits')).at(-1)).toMatchObject({
      edits: [{ kind: 'setUserActive', user: 'u3', active: false }],
    });
  });

  test('of several is summed', async () => {
    const page = await open('/users', logto);
    await page.getByRole('gridcell').first().waitFor();
    for (const row of [0, 1]) await page.locator(`[data-check="${row}"]`).click();
    await page.getByRole('button', { name: 'Change…' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const totals = page.getByTestId('totals');
    await totals.getByText('4 memberships').waitFor();
    expect(await totals.getByText('2 tokens; what uses them stops working').count()).toBe(1);
    await page.getByTestId('instead').waitFor();
  });
});
