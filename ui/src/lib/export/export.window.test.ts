// Exporting and selecting in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import type { ExportListRequest } from '../backend/bindings';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();

describe('exporting', () => {
  test('asks for what is on the screen: filter, order and the shown columns in theirs', async () => {
    const page = await open('/users?text=van&sort=email&order=desc', { accounts: 'two', users: 500 });
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Control+e');
    await page.keyboard.press('Enter');
    await page.getByText(/^Saved .* to \/home\/zoe\/Documents\/Users .*\.xlsx$/).waitFor();
    const [request] = await requests<ExportListRequest>(page, 'export_list');
    expect(request).toMatchObject({
      format: 'xlsx',
      selection: null,
      title: 'Export: Users',
      list: { list: 'users', query: { text: 'van', sort: { column: 'email', descending: true } } },
    });
    const columns = request?.columns.map(({ id, heading }) => [id, heading]);
    expect(columns?.slice(0, 4)).toEqual([
      ['displayName', 'Name'],
      ['account', 'Account'],
      ['email', 'E-mail'],
      ['active', 'Status'],
    ]);
    expect(request?.columns[3]?.words).toEqual({ true: 'Active', false: 'Suspended' });
  });

  test('shows the file where it lies, and is offered by the palette', async () => {
    const page = await open('/groups', { accounts: 'one' });
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('as CSV');
    await page.getByRole('option', { name: /Export this list as CSV/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show in folder' }).click();
    expect(await requests(page, 'show_export')).toEqual([{ export: 1 }]);
    expect((await requests<ExportListRequest>(page, 'export_list'))[0]).toMatchObject({
      format: 'csv',
      list: { list: 'groups' },
    });
  });

  test('can be stopped, and says why it failed', async () => {
    const page = await open('/groups', { accounts: 'one' }, () => {
      const fake = window.__fake;
      let stop = (_: unknown): void => undefined;
      fake.on('export_list', ({ export: id }) => {
        const progress = { export: id, rows: 5, total: 12, finishing: false };
        setTimeout(() => fake.emit({ kind: 'exportProgress', progress }), 10);
        return new Promise((_, reject) => (stop = reject));
      });
      fake.on('cancel_export', () => {
        // As the core answers; the bridge hands plain errors over.
        stop({ code: 'cancelled', message: '', action: 'none', values: {}, reason: null, field: null });
        return { found: true };
      });
    });
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('Control+e');
    await page.keyboard.press('Enter');
    await page.getByText('5 of 12 rows').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('The export was cancelled. No file was written.').waitFor();
    expect(await requests(page, 'cancel_export')).toEqual([{ export: 1 }]);
  });

  test('of members, holders, runs and changes names their list', async () => {
    const page = await open('/groups/detail?account=1&id=g0', { accounts: 'one' });
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /^JSON/ }).click();
    await page.getByText(/^Saved/).waitFor();
    const [members] = await requests<ExportListRequest>(page, 'export_list');
    expect(members?.list).toMatchObject({ list: 'members', query: { accountId: 1, remoteId: 'g0' } });
    expect(members?.columns[0]?.id).toBe('id');
    for (const [route, list] of [
      ['/activity', 'runs'],
      ['/activity?view=changes', 'history'],
    ] as const) {
      const activity = await open(route, { accounts: 'one' });
      await activity.getByRole('button', { name: 'Export' }).click();
      await activity.getByRole('menuitem', { name: 'Excel' }).click();
      await activity.getByText(/^Saved/).waitFor();
      expect((await requests<ExportListRequest>(activity, 'export_list'))[0]?.list).toMatchObject({ list });
    }
  });
});

describe('selecting', () => {
  test('goes across pages, is kept while sorting, and exports the selected rows alone', async () => {
    const page = await open('/users', { accounts: 'one', users: 900 });
    await page.getByRole('grid').getByRole('checkbox').nth(1).click();
    await page.getByText('1 row selected', { exact: true }).first().waitFor();
    await page.keyboard.press('Control+Shift+End');
    const bar = page.getByRole('group', { name: 'Selected rows' });
    await bar.getByText('900 rows selected').waitFor();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press(' ');
    await bar.getByText('899 rows selected').waitFor();
    await page.getByRole('columnheader', { name: 'E-mail' }).click();
    await bar.getByRole('button', { name: 'Select all 900 that match' }).click();
    await bar.getByText('900 rows selected').waitFor();
    await bar.getByRole('button', { name: 'Export selection' }).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    await page.getByText(/^Saved 900 rows to/).waitFor();
    expect((await requests<ExportListRequest>(page, 'export_list'))[0]).toMatchObject({
      selection: { all: true, rows: [] },
    });
    await bar.getByRole('button', { name: 'Clear' }).click();
    await bar.waitFor({ state: 'detached' });
  });
});
