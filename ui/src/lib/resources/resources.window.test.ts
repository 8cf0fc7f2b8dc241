// Resources and rights in the built window, over the fake core.
import { describe, expect, test } from 'vitest';
import { count, requests, rowNames, useWindow } from '../../testing/screens';

const open = useWindow();
const uptrends = { accounts: 'uptrends' } as const;
const lesser = { accounts: 'uptrendsLesser' } as const;

describe('resources', () => {
  test('stand in the navigation of an account that lists some, and of no other', async () => {
    const page = await open('/', uptrends);
    await page.getByTestId('sidebar').getByRole('link', { name: 'Resources' }).click();
    await count(page).waitFor();
    expect(await count(page).textContent()).toContain('54 resources');
    const other = await open('/', { accounts: 'logto' });
    await other.getByTestId('sidebar').getByRole('link', { name: 'Roles' }).waitFor();
    expect(await other.getByTestId('sidebar').getByRole('link', { name: 'Resources' }).count()).toBe(0);
  });

  test('open from the monitors in production of the hub, as many as it counts', async () => {
    const page = await open('/', uptrends);
    await page.getByRole('link', { name: /^Monitors in production 24/ }).click();
    await page.waitForURL(/#\/resources\?kind=monitor&mode=Production$/);
    await page.getByTestId('count').filter({ hasText: '24 of 48' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: '4 switched off' }).click();
    await page.waitForURL(/mode=Production&active=off$/);
    await page.getByTestId('count').filter({ hasText: '4 of 48' }).waitFor();
    expect((await requests(page, 'query_resources')).at(-1)).toMatchObject({
      kind: 'monitor',
      mode: 'Production',
      active: false,
      sort: 'displayName',
      descending: false,
    });
  });

  test('what stands out in who may do what is on the hub, and leads to whom it is about', async () => {
    const page = await open('/', uptrends);
    const findings = page.getByTestId('findings');
    await findings.getByText('Financial operator: orders and invoices: only one holder').waitFor();
    await findings.getByText('2 rights were given directly although a group gives them too').click();
    expect(await findings.getByText('Edit: Shop').isVisible()).toBe(true);
    await findings.getByRole('link', { name: 'Bo Example' }).click();
    await page.waitForURL(/#\/users\/detail\?account=1&id=u2$/);
    const other = await open('/', { accounts: 'logto' });
    await other.getByTestId('hub-screen').waitFor();
    expect(await other.getByTestId('findings').count()).toBe(0);
  });

  test('are filtered by kind and mode, and a filter that finds nothing can be cleared', async () => {
    const page = await open('/resources', uptrends);
    await count(page).waitFor();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Monitor group');
    await page.getByTestId('count').filter({ hasText: '2 resources' }).waitFor();
    expect(await rowNames(page)).toEqual(['All monitors', 'Webshop']);
    await page.getByRole('searchbox', { name: 'Filter by name, type or mode' }).fill('zzz');
    await page.getByText('No resource matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByTestId('count').filter({ hasText: '54 resources' }).waitFor();
  });

  test('say who may do what and why, and lead to the person and back', async () => {
    const page = await open('/resources/detail?account=1&id=m0', uptrends);
    const why = 'Edit: directly · View data: by group All staff, on monitor group All monitors';
    await page.getByRole('row', { name: `Anna Vermeulen Edit ${why}` }).waitFor();
    await page.getByRole('combobox', { name: 'May' }).selectOption('Edit');
    await page.getByRole('row', { name: /Bram Vermeulen/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: 'Webshop', exact: true }).getAttribute('href')).toContain('id=mg1');
    // What was given here is where it is changed, by whoever may: not with this credential.
    const given = page.getByTestId('given');
    expect(await given.getByRole('listitem').allInnerTexts()).toHaveLength(2);
    expect(await given.getByRole('button').count()).toBe(0);
    await page.getByRole('grid').getByRole('link', { name: 'Anna Vermeulen' }).click();
    await page.waitForURL(/#\/users\/detail\?account=1&id=u0$/);
  });

  test('stand in a table with the groups, or with operators that are found by name, and as a file', async () => {
    const page = await open('/resources?view=matrix', uptrends);
    const table = page.getByRole('grid', { name: /^Who may do what in/ });
    await table.getByRole('columnheader', { name: /All staff\s+everybody/ }).waitFor();
    expect(await table.getByRole('columnheader').count()).toBe(2);
    await page.getByRole('combobox', { name: 'Across' }).selectOption('Operators across');
    await page.getByText(/The first 60 of 90 are shown/).waitFor();
    await page.getByRole('searchbox', { name: 'Filter groups or operators' }).fill('hannah');
    await table
      .getByRole('columnheader', { name: /Hannah/ })
      .first()
      .waitFor();
    const asked = await page.evaluate(
      () => window.__fake.calls.findLast(({ name }) => name === 'query_access')?.request as { holders: unknown[] },
    );
    expect(asked.holders.length).toBe(await table.getByRole('columnheader').count());
    await table.locator('tbody [data-cell]').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/resources\/detail\?account=1&id=/);
  });

  test('are exported as a table with every operator', async () => {
    const page = await open('/resources?view=matrix&across=user', uptrends);
    await page.getByText(/The first 60 of 90 are shown/).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    const written = () =>
      page.evaluate(
        () =>
          window.__fake.calls.find(({ name }) => name === 'export_list')?.request as {
            list: { list: string; query: { holders: unknown[] } };
            columns: unknown[];
          },
      );
    await page.waitForFunction(() => window.__fake.calls.some(({ name }) => name === 'export_list'));
    const { list, columns } = await written();
    expect([list.list, list.query.holders.length, columns.length]).toEqual(['access', 90, 93]);
  });

  test('show what is in a group of monitors', async () => {
    const page = await open('/resources/detail?account=1&id=mg0', uptrends);
    await page.getByRole('heading', { name: '48 monitors in it' }).waitFor();
    await page.getByRole('link', { name: 'Homepage', exact: true }).click();
    await page.waitForURL(/id=m0$/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Homepage');
  });

  test('say that rights are not visible, never that there are none', async () => {
    const page = await open('/resources?kind=monitor&text=homepage', lesser);
    await page
      .getByRole('row', { name: /Homepage.*Not visible/ })
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Homepage', exact: true }).click();
    await page.getByTestId('rights-hidden').waitFor();
    expect(await page.getByTestId('rights-hidden').textContent()).toContain('not visible with this credential');
    expect(await page.getByText('Nobody may do anything').count()).toBe(0);
  });

  test('that are gone say so', async () => {
    const page = await open('/resources/detail?account=1&id=m999', uptrends);
    const gone = page.getByText('This resource is no longer in the account');
    await gone.waitFor();
    expect(await gone.isVisible()).toBe(true);
  });
});

describe('the rights of an operator', () => {
  test('have human names and say where they come from; an unknown one is as the service writes it', async () => {
    const page = await open('/users/detail?account=1&id=u3', uptrends);
    const rights = page.getByTestId('account-rights');
    await rights.waitFor();
    const lines = (await rights.locator('li').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    expect(lines).toEqual([
      'Basic operator: may sign in directly',
      'Financial operator: orders and invoices directly by group Engineering',
      'LaunchRockets directly',
    ]);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Vault section');
    await page.getByRole('row', { name: 'Shared secrets Vault section View the vault section' }).waitFor();
  });

  test('are not visible with a lesser credential', async () => {
    const page = await open('/users/detail?account=1&id=u3', lesser);
    await page.getByTestId('rights-hidden').waitFor();
    expect(await page.getByRole('heading', { name: /API user/ }).count()).toBe(0);
  });
});
