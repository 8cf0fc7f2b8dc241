// Operators and their API users: an Uptrends account in the words of Uptrends.
import { describe, expect, test } from 'vitest';
import { count, requests, useWindow } from '../../testing/screens';

const open = useWindow();
const uptrends = { accounts: 'uptrends' } as const;

describe('an Uptrends account', () => {
  test('speaks of operators, operator groups and API users; beside others the general words stay', async () => {
    const page = await open('/users', uptrends);
    const sidebar = page.getByTestId('sidebar');
    for (const name of ['Operators', 'Operator groups', 'API users'])
      await sidebar.getByRole('link', { name }).waitFor();
    await page.getByTestId('count').filter({ hasText: '120 operators' }).waitFor();
    expect(await page.title()).toBe('Operators · Rollcall');
    const both = await open('/users', { accounts: 'uptrendsBeside' });
    await both.getByTestId('count').filter({ hasText: '240 users' }).waitFor();
    expect(await both.title()).toBe('Users · Rollcall');
    await both.getByRole('button', { name: /^Night watch/ }).click();
    await both.getByTestId('count').filter({ hasText: '120 operators' }).waitFor();
  });

  test('never calls anybody suspended who can still sign in', async () => {
    const page = await open('/users', uptrends);
    await count(page).waitFor();
    expect(await page.getByTestId('users-screen').textContent()).not.toContain('Suspended');
    expect(await page.getByTestId('users-screen').textContent()).toContain('No alerts');
    const hub = await open('/', uptrends);
    await hub.getByRole('link', { name: '13 receive none' }).waitFor();
    expect(await hub.getByTestId('hub-screen').textContent()).not.toContain('Suspended');
  });

  test('has no button to edit what can only be read', async () => {
    const page = await open('/users/detail?account=1&id=u3', uptrends);
    await page.getByTestId('api-users').or(page.getByText('No program signs in')).waitFor();
    expect(await page.getByRole('button', { name: /Edit|Suspend|Add|New|Delete/ }).count()).toBe(0);
  });

  test('shows the API users of an operator with their use, the one of this connection marked', async () => {
    const page = await open('/users/detail?account=1&id=u0', uptrends);
    const keys = page.getByTestId('api-users').locator('li');
    await keys.first().waitFor();
    expect(await keys.first().textContent()).toMatch(/a1f0c2d4e6.*This connection.*1,240 requests in 30 days/s);
    await page.getByRole('link', { name: 'All API users of this operator' }).click();
    await page.waitForURL(/#\/tokens\?of=1&owner=u0$/);
  });

  test('lists its API users with type, last use and requests', async () => {
    const page = await open('/', uptrends);
    await page.getByRole('link', { name: /^API users 5/ }).click();
    await page.waitForURL(/#\/tokens\?kind=apiUser$/);
    const headings = [
      'User name',
      'Operator',
      'Access type',
      'Last used',
      'Requests, 30 days',
      'Created',
      'Description',
    ];
    for (const name of headings) {
      await page.getByRole('columnheader', { name }).click();
      const sorted = page.locator(
        '[role=columnheader][aria-sort=ascending], [role=columnheader][aria-sort=descending]',
      );
      await sorted.filter({ hasText: name }).waitFor();
    }
    await page.getByRole('row', { name: /a1f0c2d4e6.*Rollcall.*For scripts.*1,240/ }).waitFor();
    // What cannot end has neither chips nor a calendar of ends, and what each of them has in common is no column.
    expect(await page.getByTestId('radar').textContent()).not.toMatch(/[Ee]xpire/);
    expect(await page.getByRole('tab').allTextContents()).toEqual(['All API users', 'By operator']);
    for (const name of ['Type', 'State', 'Expires']) {
      expect(await page.getByRole('columnheader', { name, exact: true }).count()).toBe(0);
    }
    // A word that is not known here stands as the service writes it.
    await page.getByRole('row', { name: /c0ffee1234.*Satellite/ }).waitFor();
    expect(await page.getByTestId('coverage').textContent()).not.toContain('Lists no tokens');
    expect((await requests(page, 'query_tokens')).at(-1)).toMatchObject({ filter: { kind: 'apiUser' } });
  });

  test('leads from each card of the Hub to its list', async () => {
    const page = await open('/', uptrends);
    const ways = [
      ['View all operators', /#\/users$/],
      ['View all groups', /#\/groups$/],
      ['View all API users', /#\/tokens/],
      ['Who is on duty', /#\/duty/],
      ['Who may do what', /#\/resources\?view=matrix&mode=Production$/],
    ] as const;
    for (const [name, address] of ways) {
      await page.getByTestId('hub-screen').getByRole('link', { name, exact: true }).click();
      await page.waitForURL(address);
      await page.goBack();
      await page.getByTestId('hub-screen').waitFor();
    }
    // Reads only: nothing is offered that the service would not take.
    expect(await page.getByRole('button', { name: 'New operator' }).count()).toBe(0);
  });

  test('says what the account may have, and that the service counts more than are visible', async () => {
    const page = await open('/', uptrends);
    const card = page.getByRole('listitem').filter({ hasText: 'Operators created' });
    await card.waitFor();
    expect(await card.textContent()).toMatch(/122.*of 150 that the account may have.*120 of them are visible here/s);
    const lesser = await open('/', { accounts: 'uptrendsLesser' });
    const unknown = lesser.getByRole('listitem').filter({ hasText: 'Operators created' });
    await unknown.waitFor();
    expect(await unknown.textContent()).toContain('how many the account may have is not known');
  });

  test('has help with links to its knowledge base', async () => {
    const page = await open('/duty', uptrends);
    await page.keyboard.press('F1');
    await page.getByTestId('help').getByRole('button', { name: 'Duty schedules' }).click();
    const opened = await page.evaluate(() => window.__fake.opened);
    expect(opened).toEqual(['https://www.uptrends.com/support/kb/account/users/operators/using-duty-schedules']);
  });
});
