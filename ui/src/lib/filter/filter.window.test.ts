// The filter box, the kept filters and the command palette in the built window, over the fake core.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const box = (page: Page) => page.getByRole('combobox', { name: 'Search users' });
const option = (page: Page, name: RegExp) => page.getByRole('option', { name });

describe('the filter box', () => {
  test('completes a field and its value by keyboard alone', async () => {
    const page = await open('/users');
    await box(page).focus();
    await page.keyboard.type('de');
    await option(page, /^department:/).waitFor();
    expect(await box(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = await box(page).getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toContain('department:');
    await page.keyboard.press('Enter');
    await option(page, /^Engineering/).waitFor();
    await page.keyboard.type('pers');
    await option(page, /^Engineering/).waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('department:="Personeelszaken" ');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await page.keyboard.type('anna');
    await expect
      .poll(async () => (await requests<{ text: string }>(page, 'query_users')).at(-1)?.text)
      .toBe('department:="Personeelszaken" anna');
  });

  test('takes a completion for what is typed by now, however late the core answers', async () => {
    const page = await open('/users', {}, () => {
      const fake = window.__fake;
      fake.on('complete_filter', async ({ text, cursor }) => {
        await new Promise((resolve) => setTimeout(resolve, text.length === 5 ? 250 : 20));
        const item = { kind: 'field' as const, label: 'status', insert: 'status:', count: null };
        return { start: 0, end: cursor, field: null, items: text.includes(':') ? [] : [item] };
      });
    });
    // Before the list is there the page may still be putting itself together, and takes the first letters.
    await page.locator('[role=gridcell]').first().waitFor();
    await box(page).focus();
    await page.keyboard.type('stat');
    await option(page, /^status:/).waitFor();
    await page.keyboard.type('u');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => box(page).inputValue()).toBe('status:');
  });

  test('Enter without a choice leaves what was typed, Esc closes the list and then clears the box', async () => {
    const page = await open('/users');
    await box(page).fill('em');
    await option(page, /^email:/).waitFor();
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('em');
    await page.keyboard.press('ArrowDown');
    await option(page, /^email:/).waitFor();
    await page.keyboard.press('Escape');
    await option(page, /^email:/).waitFor({ state: 'detached' });
    expect(await box(page).inputValue()).toBe('em');
    await page.keyboard.press('Escape');
    expect(await box(page).inputValue()).toBe('');
  });

  test('says what is wrong at its place and keeps the last good result', async () => {
    const page = await open('/users', { users: 500 });
    await box(page).fill('dubois');
    await count(page).filter({ hasText: ' of ' }).waitFor();
    const before = await rowNames(page);
    await box(page).fill('dubois emial:x');
    const note = page.getByTestId('filter-problem');
    await note.waitFor();
    expect(await note.locator('mark').textContent()).toBe('emial');
    expect(await note.textContent()).toContain('There is no field “emial”');
    expect(await box(page).getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('.bad').textContent()).toBe('emial');
    expect(await rowNames(page)).toEqual(before);
    await box(page).fill('dubois');
    await note.waitFor({ state: 'detached' });
    expect(await box(page).getAttribute('aria-invalid')).toBe('false');
  });

  test('hands its text to the users before the address follows', async () => {
    const page = await open('/users', {}, () => {
      // An address that takes long to follow.
      const { replaceState } = history;
      history.replaceState = function (...args) {
        const until = performance.now() + 30;
        while (performance.now() < until);
        replaceState.apply(this, args);
      };
    });
    await count(page).waitFor();
    await box(page).pressSequentially('anna', { delay: 5 });
    await expect.poll(async () => (await requests<{ text: string }>(page, 'query_users')).at(-1)?.text).toBe('anna');
    expect(await box(page).inputValue()).toBe('anna');
    await page.waitForURL(/text=anna$/);
  });

  test('is explained in the help, and an example fills it', async () => {
    const page = await open('/users');
    await page.keyboard.press('F1');
    await page.getByTestId('filter-help').getByRole('button', { name: 'last_seen:>90d' }).click();
    await expect.poll(() => box(page).inputValue()).toBe('last_seen:>90d');
  });
});

describe('facets', () => {
  test('are put away, and stay away', async () => {
    const page = await open('/users');
    await page.getByRole('button', { name: 'Hide the facets' }).click();
    await page.getByTestId('facets').waitFor({ state: 'detached' });
    const saved = await requests<{ settings: { facetsShown: boolean } }>(page, 'update_settings');
    expect(saved.at(-1)?.settings.facetsShown).toBe(false);
    await page.keyboard.press('Alt+3');
    await page.keyboard.press('Alt+2');
    await count(page).waitFor();
    expect(await page.getByTestId('facets').count()).toBe(0);
    await page.getByRole('button', { name: 'Facets' }).click();
    await page.getByTestId('facets').waitFor();
  });
});

describe('kept filters', () => {
  test('show how many are new until they are opened', async () => {
    const page = await open('/users', { rich: true });
    const kept = page.getByTestId('saved-filters').getByRole('button', { name: /^Suspended/ });
    await kept.filter({ hasText: '3 new' }).click();
    await expect.poll(() => box(page).inputValue()).toBe('status:suspended');
    await kept.filter({ hasNotText: 'new' }).waitFor();
    expect(await kept.getAttribute('aria-pressed')).toBe('true');
  });

  test('are kept under a name, renamed, moved and removed', async () => {
    const page = await open('/users?text=anna', { rich: true });
    await page.getByRole('button', { name: 'Keep this filter' }).click();
    await page.getByRole('textbox', { name: 'Name of the filter' }).fill('All Annas');
    await page.keyboard.press('Enter');
    const list = page.getByRole('list', { name: 'Kept filters' });
    await list.getByRole('button', { name: /^All Annas/ }).waitFor();
    expect((await requests(page, 'save_filter')).at(-1)).toEqual({ name: 'All Annas', accountId: null, text: 'anna' });
    await page.getByRole('button', { name: 'Manage the kept filters' }).click();
    await page.getByRole('button', { name: 'Move “All Annas” up' }).click();
    await expect.poll(async () => (await requests(page, 'reorder_saved_filters')).at(-1)).toEqual({ ids: [1, 9, 2] });
    await page.getByRole('textbox', { name: 'Name of “All Annas”' }).fill('Annas');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Remove “Annas”' }).click();
    await expect.poll(() => list.getByRole('button').count()).toBe(2);
  });
});

describe('the command palette', () => {
  const palette = (page: Page) => page.getByTestId('palette');

  test('finds people, groups and screens by keyboard alone, and remembers them', async () => {
    const page = await open('/settings');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('anna');
    await palette(page)
      .getByRole('option', { name: /^Anna Vermeulen/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/users\/detail\?account=1&id=u0$/);
    await palette(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await palette(page)
      .getByRole('group', { name: 'Recent' })
      .getByRole('option', { name: /^Anna Vermeulen/ })
      .waitFor();
    await page.keyboard.type('compta');
    await palette(page)
      .getByRole('option', { name: /^Comptabilité/ })
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type('activ');
    await palette(page)
      .getByRole('option', { name: /^Activity/ })
      .waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/activity$/);
    expect((await requests<{ text: string }>(page, 'search_palette')).map(({ text }) => text)).toContain('compta');
  });

  test('Enter means what was typed, however late the core answers', async () => {
    const page = await open('/settings', {}, () => {
      const fake = window.__fake;
      const row = (remoteId: string) => ({ accountId: 1, remoteId, displayName: remoteId, users: 1 });
      fake.on('search_palette', async ({ text }) => {
        await new Promise((resolve) => setTimeout(resolve, text.length * 40));
        return { users: [], groups: [row(`group ${text}`)], roles: [], applications: [] };
      });
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqq');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/groups\/detail\?account=1&id=group\+qqq$/);
    expect(await palette(page).count()).toBe(0);
  });

  test('opens the page of a role and of an application, and runs an action', async () => {
    const page = await open('/settings');
    await page.getByRole('button', { name: 'Command palette' }).click();
    await page.keyboard.type('administrator');
    await palette(page)
      .getByRole('option', { name: /^Administrator/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/roles\/detail\?account=1&id=r0$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('nightly');
    await palette(page)
      .getByRole('option', { name: /^Nightly export/ })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/applications\/detail\?account=1&id=a0$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('help');
    await palette(page).getByRole('option', { name: /^Help/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('help').waitFor();
    expect(await palette(page).count()).toBe(0);
  });

  test('Esc empties it, then closes it and gives the focus back', async () => {
    const page = await open('/settings');
    await page.getByRole('link', { name: 'Groups' }).focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    expect(await palette(page).getByRole('combobox').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Groups');
  });
});
