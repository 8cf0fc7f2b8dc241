// The activity in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();

describe('the activity', () => {
  test('lists the syncs, and opens one', async () => {
    const page = await open('/activity');
    await page.getByRole('gridcell').first().click();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/activity\/run\?id=\d+$/);
    await page.getByRole('heading', { level: 1, name: /^Sync of/ }).waitFor();
    expect(await page.getByRole('link', { name: 'Users, Added: 2' }).count()).toBe(1);
  });

  test('filters the changes, and shows them before and after', async () => {
    const page = await open('/activity');
    await page.getByRole('tab', { name: 'Changes' }).click();
    await page.getByRole('combobox', { name: 'What happened' }).selectOption({ label: 'Changed' });
    await page.waitForURL(/view=changes&action=changed$/);
    const row = page.getByRole('row', { name: /Junior.*Senior/ }).first();
    await row.waitFor();
    expect(await row.textContent()).toContain('Job title');
  });

  test('hands a stopped plan over for a decision', async () => {
    const page = await open('/activity/run?id=11', { accounts: 'review' });
    await page.getByRole('button', { name: 'Review and decide' }).click();
    const dialog = page.getByTestId('review-dialog');
    await dialog.getByRole('button', { name: 'Keep everything as it is' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await requests(page, 'resolve_guard')).toEqual([{ runId: 11, decision: 'discard' }]);
  });
});
