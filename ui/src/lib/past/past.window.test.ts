// What changed since, and the list as it was, in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import type { CompareRequest, PastUserQueryRequest } from '../backend/bindings';
import { count, requests, useWindow } from '../../testing/screens';

const open = useWindow();

describe('what changed since', () => {
  test('counts, and each number shows its lines', async () => {
    const page = await open('/activity?view=since');
    await page.getByRole('link', { name: '40 joined' }).click();
    await page.waitForURL(/view=since&since=7d&subject=user&action=added$/);
    await count(page).filter({ hasText: '40 differences' }).waitFor();
    await page.getByRole('link', { name: '40 joined' }).click();
    await page.waitForURL(/view=since&since=7d$/);
    const asked = await requests<CompareRequest>(page, 'compare');
    expect(asked.some(({ subject, action }) => subject === 'user' && action === 'added')).toBe(true);
  });

  test('is asked for any earlier sync and any date', async () => {
    const page = await open('/activity?view=since');
    const moment = page.getByRole('combobox', { name: 'Changed since' });
    await moment.locator('option[value^="run:"]').first().waitFor({ state: 'attached' });
    await moment.selectOption({ value: 'run:10' });
    await page.waitForURL(/since=run%3A10$/);
    await moment.selectOption({ label: 'A date…' });
    await page.getByLabel('Date', { exact: true }).fill('2026-10-01');
    await page.getByLabel('Date', { exact: true }).blur();
    await page.waitForURL(/since=2026-10-01$/);
    const asked = await requests<CompareRequest>(page, 'compare');
    expect(asked.some(({ since }) => since.kind === 'run' && since.runId === 10)).toBe(true);
  });

  test('says where the moment lies before the first sync', async () => {
    const page = await open('/activity?view=since&since=2026-01-01');
    const known = page.getByTestId('known-since').getByText('Maison Lumière is known since');
    await known.waitFor();
    expect(await known.count()).toBe(1);
  });
});

describe('the users as they were', () => {
  test('say what they are, are searched and sorted, and lead back', async () => {
    const page = await open('/activity?view=since');
    await page.getByRole('link', { name: 'The users as they were' }).click();
    await page.getByTestId('as-it-was').getByText('As it was on').waitFor();
    await page.getByRole('searchbox', { name: 'Search the users as they were' }).fill('anna');
    await page.waitForURL(/past\?since=7d&text=anna$/);
    await page.getByRole('columnheader', { name: /E-mail/ }).click();
    await page.waitForURL(/sort=email$/);
    const asked = await requests<PastUserQueryRequest>(page, 'query_past_users');
    expect(asked.at(-1)).toMatchObject({ text: 'anna', sort: { column: 'email', descending: false } });
    await page.getByRole('link', { name: 'Back to today’s users' }).click();
    await page.getByTestId('users-screen').waitFor();
  });

  test('open with the record of then and what is different since', async () => {
    const page = await open('/activity/past/user?since=7d&account=1&id=u2');
    await page.getByTestId('as-it-was').waitFor();
    await page.getByText('Senior').waitFor();
    await page.getByRole('link', { name: 'This user today' }).click();
    await page.waitForURL(/users\/detail\?account=1&id=u2$/);
    expect(await page.getByTestId('as-it-was').count()).toBe(0);
  });
});
