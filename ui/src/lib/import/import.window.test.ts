// A file of people in the built window, over the fake core.
import type { Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { requests, useWindow } from '../../testing/screens';

const open = useWindow();
const logto = { accounts: 'logto' } as const;

const states = (page: Page) => page.getByTestId('import-states');
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

async function chosen(page: Page) {
  await press(page, 'Choose a file…');
  await states(page).waitFor();
}

describe('a file of people', () => {
  test('is reached from the list of users, and nothing is asked before a file is chosen', async () => {
    const page = await open('/users', logto);
    await page.getByRole('link', { name: 'Import…' }).click();
    await page.getByTestId('import-screen').getByTestId('write-account').getByText('Acme identity').waitFor();
    await chosen(page);
    expect(await requests(page, 'propose_import')).toEqual([]);
    expect(await requests(page, 'import_file')).toMatchObject([{ accountId: 1 }]);
  });

  test('says of each row what becomes of it, and why', async () => {
    const page = await open('/users/import', logto);
    await chosen(page);
    await page.getByRole('row', { name: /Bo Diddley.*Malformed.*E-mail: This is not an e-mail address/ }).waitFor();
    await page.getByRole('row', { name: /Duplicate.*The same person as in line 2/ }).waitFor();
    await page.getByRole('row', { name: /Already there.*The account has Chloé Dumont already/ }).waitFor();
    await page.getByRole('row', { name: /Not possible.*no role Emperor/ }).waitFor();
    await states(page).getByRole('button', { name: 'Malformed 1' }).click();
    await page
      .getByRole('row', { name: /Ada Byron/ })
      .first()
      .waitFor({ state: 'detached' });
    expect((await requests<{ state: string }>(page, 'query_import_rows')).at(-1)?.state).toBe('malformed');
  });

  test('is read in another way when the person says so', async () => {
    const page = await open('/users/import', logto);
    await chosen(page);
    await page.getByText('3 columns').click();
    await page.getByRole('combobox', { name: 'What “Name” becomes' }).selectOption({ label: 'E-mail' });
    await page.getByRole('combobox', { name: 'Between cells' }).selectOption({ label: 'Comma' });
    const asked = await requests<{ columns: { kind: string; path?: string }[] | null; separator: string }>(
      page,
      'update_import',
    );
    // The column that was the address before is left out: a value comes from one column.
    expect(asked[0]?.columns?.slice(0, 2)).toEqual([{ kind: 'field', path: 'primaryEmail' }, { kind: 'nothing' }]);
    expect(asked[1]?.separator).toBe('comma');
  });

  test('becomes pending changes, and leads to them', async () => {
    const page = await open('/users/import', logto);
    await chosen(page);
    await press(page, 'Add 1 to the pending changes');
    await page.getByText('1 new user waits with the pending changes.').waitFor();
    await page.getByTestId('changes-screen').waitFor();
    expect(await requests(page, 'propose_import')).toHaveLength(1);
  });

  test('that is not UTF-8 is shown, and read as the person says', async () => {
    const page = await open('/users/import', logto, () => {
      const { fake } = { fake: window.__fake };
      fake.on('import_file', ({ accountId }) => ({
        import: {
          importId: 4,
          accountId,
          accountName: 'Acme identity',
          sample: false,
          fileName: 'old.csv',
          encoding: null,
          separator: 'semicolon' as const,
          problem: { kind: 'notUtf8' as const, line: 3, sample: 'Zoë;zoe@example.com' },
          columns: [],
          targets: [],
          password: 'none' as const,
          canGeneratePassword: false,
          counts: { rows: 0, ready: 0, malformed: 0, duplicate: 0, alreadyThere: 0, waiting: 0, notPossible: 0 },
          changes: 0,
        },
      }));
    });
    await press(page, 'Choose a file…');
    await page.getByText('Line 3 is not written in UTF-8.').waitFor();
    await page.getByText('Zoë;zoe@example.com').waitFor();
    await press(page, 'It looks right');
    expect(await requests(page, 'update_import')).toMatchObject([{ importId: 4, encoding: 'windows1252' }]);
  });
});
