import { beforeEach, describe, expect, test } from 'vitest';
import { i18n, t } from './i18n.svelte';

beforeEach(() => i18n.use('en', 'en-GB'));

describe('the language of the window', () => {
  test.each([
    [null, 'fr_BE.UTF-8', 'fr', 'fr-BE'],
    [null, 'nl-NL', 'nl', 'nl-NL'],
    [null, 'de-DE', 'en', 'en'],
    [null, null, 'en', 'en'],
    [null, 'C', 'en', 'en'],
    ['nl', 'fr-FR', 'nl', 'nl'],
    ['fr', 'fr-CA', 'fr', 'fr-CA'],
  ] as const)('wish %s on a system in %s is %s, written as in %s', (wish, system, language, locale) => {
    i18n.use(wish, system);
    expect([i18n.language, i18n.locale]).toEqual([language, locale]);
  });

  test('changes while the window is open', () => {
    expect(t('common.close')).toBe('Close');
    i18n.use('fr', null);
    expect(t('common.close')).toBe('Fermer');
    i18n.use('nl', null);
    expect(t('common.close')).toBe('Sluiten');
  });
});

test('a message takes plural forms and writes numbers as the language does', () => {
  expect(t('common.usersCount', { count: 1 })).toBe('1 user');
  expect(t('common.usersCount', { count: 12_345 })).toBe('12,345 users');
  i18n.use('fr', 'fr-FR');
  expect(t('common.usersCount', { count: 0 })).toBe('0 utilisateur');
});

test.each([
  [5_000, 'now'],
  [59_000, 'now'],
  [61_000, '1 minute ago'],
  [3 * 60_000 + 59_000, '3 minutes ago'],
  [25 * 3_600_000, 'yesterday'],
  [-7_200_000, 'in 2 hours'],
])('%d ms ago is "%s"', (distance, words) => {
  expect(i18n.age(i18n.now - distance)).toBe(words);
});
