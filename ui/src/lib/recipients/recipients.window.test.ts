// Who is alerted, in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const uptrends = { accounts: 'uptrends' } as const;
const lesser = { accounts: 'uptrendsLesser' } as const;

describe('an alert definition', () => {
  test('says level by level who is alerted and who would be right now, each leading to their page', async () => {
    const page = await open('/resources/detail?account=1&id=a0', uptrends);
    const outcome = page.getByTestId('alert-outcome');
    await outcome.waitFor();
    expect(await outcome.textContent()).toContain('2 people would be alerted');
    const second = page.getByRole('group', { name: 'Level 2' });
    expect((await second.innerText()).replaceAll(/\s+/g, ' ')).toContain(
      'Engineering Group · 2 people, 1 on duty Right now: 1 person',
    );
    expect(await second.innerText()).toContain('by group Engineering');
    expect(await page.getByRole('group', { name: 'Level 3' }).innerText()).toContain('Nobody is in this level');
    await second.getByRole('link', { name: 'Engineering' }).click();
    await page.waitForURL(/#\/groups\/detail\?account=1&id=g2$/);
    await page.getByTestId('reaching').getByRole('link', { name: 'Night alert' }).click();
    await page.waitForURL(/id=a0$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Night alert');
  });

  test('warns when it reaches nobody, and the hub leads to it', async () => {
    const page = await open('/', uptrends);
    const findings = page.getByTestId('findings');
    await findings.getByText('1 alert definition has no recipients').click();
    await findings.getByRole('link', { name: 'Weekend alert' }).click();
    await page.waitForURL(/#\/resources\/detail\?account=1&id=a1$/);
    const warning = page.getByRole('alert');
    await warning.waitFor();
    expect(await warning.textContent()).toContain('This alert reaches nobody');
  });

  test('says that recipients are not visible, never that there are none', async () => {
    const page = await open('/resources/detail?account=1&id=a0', lesser);
    await page.getByTestId('recipients-hidden').waitFor();
    expect(await page.getByTestId('alert-outcome').count()).toBe(0);
    await page.goto(page.url().replace(/#.*/, '#/users/detail?account=1&id=u1'));
    const none = page.getByTestId('reaching-none');
    await none.waitFor();
    expect(await none.textContent()).toContain('may not be visible');
  });

  test('counts its recipients in the list of resources', async () => {
    const page = await open('/resources?kind=alertDefinition&sort=recipients', uptrends);
    await page.getByRole('columnheader', { name: 'Recipients' }).waitFor();
    await page.getByRole('row', { name: /Weekend alert.*0/ }).waitFor();
    expect(await rowNames(page)).toEqual(['Weekend alert', 'Night alert']);
  });
});

describe('an operator', () => {
  test('has the alerts that reach them, with level and group', async () => {
    const page = await open('/users/detail?account=1&id=u2', uptrends);
    await page.getByRole('heading', { name: '1 alert reaches them' }).waitFor();
    expect(await page.getByTestId('reaching').innerText()).toContain('Level 2: by group Engineering');
  });

  test('on duty whom no alert reaches is marked on the duty screen, where that is known', async () => {
    const page = await open('/duty', uptrends);
    const marked = page.getByRole('gridcell', { name: 'On duty, but no alert reaches them' });
    await marked.first().waitFor();
    await page.getByRole('combobox', { name: 'On duty or not' }).selectOption('On duty, without alerts');
    await page.waitForURL(/show=unreached/);
    await page
      .getByRole('gridcell', { name: 'Active, and no off-duty period now' })
      .first()
      .waitFor({ state: 'detached' });
    expect(await marked.count()).toBeGreaterThan(0);
    expect(await page.getByRole('gridcell', { name: 'Active, and no off-duty period now' }).count()).toBe(0);
    const other = await open('/duty', lesser);
    await other.getByRole('gridcell').first().waitFor();
    expect(await other.getByRole('gridcell', { name: /no alert reaches/ }).count()).toBe(0);
    expect(await other.getByRole('option', { name: 'On duty, without alerts' }).count()).toBe(0);
  });
});
