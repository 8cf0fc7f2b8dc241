import { beforeAll, describe, expect, test } from 'vitest';
import { i18n } from '$lib/i18n/i18n.svelte';
import { momentOf, passesOwnership } from './done.svelte';
import { centsOf, differenceText, moneyText, typedCents } from './money';
import { RosterDraft } from './roster-draft.svelte';
import { firstTerms, TermsDraft } from './terms-draft.svelte';
import { howText, memberRefusal, refusalText } from './words';

beforeAll(() => i18n.use('en', 'en_US'));

describe('amounts', () => {
  test.each([
    ['360', 36_000],
    ['49,5', 4_950],
    ['1 234,50 €', 123_450],
    ['1,234.50', 123_450],
    ['1.234', 123_400],
    ['', null],
    ['  ', null],
    ['about 5', undefined],
    ['-5', undefined],
    ['1,2,3', undefined],
  ])('that are typed as “%s” are read', (text, cents) => {
    expect(centsOf(text)).toBe(cents);
  });

  test('are shown without cents where there are none, and come back as they were', () => {
    expect(moneyText(41_000, 'EUR')).toBe('€410');
    expect(moneyText(4_950, 'EUR')).toBe('€49.50');
    expect(moneyText(100, 'no currency')).toBe('1 no currency');
    expect(differenceText(-5_000, 'EUR')).toBe('−€50');
    expect(differenceText(5_000, 'EUR')).toBe('+€50');
    expect(centsOf(typedCents(4_905))).toBe(4_905);
    expect(typedCents(null)).toBe('');
  });
});

describe('what a service asks', () => {
  test('has the usual price of a known plan, unless one was typed', () => {
    const draft = new TermsDraft('isocarto');
    draft.plan = 'Enterprise';
    draft.propose();
    expect(draft.planPrice).toBe('360');
    draft.billingPeriod = 'year';
    draft.propose();
    expect(draft.planPrice).toBe('3600');
    draft.planPrice = '3000';
    draft.plan = 'Pro';
    draft.propose();
    expect(draft.planPrice).toBe('3000');
    expect(draft.terms()).toEqual({
      ...firstTerms('isocarto'),
      plan: 'Pro',
      planPrice: 300_000,
      billingPeriod: 'year',
    });
  });

  test('is not sent with a mistake, which stands at its field', () => {
    const draft = new TermsDraft('empty');
    draft.page = 'http://somewhere';
    draft.memberPrice = 'much';
    draft.memberLimit = '0';
    expect(draft.terms()).toBeNull();
    expect([...draft.errors.keys()].sort()).toEqual(['memberLimit', 'memberPrice', 'page']);
  });

  test('comes with an owner only where an address was said', () => {
    const draft = new RosterDraft();
    expect(draft.request('Isocarto')).toMatchObject({ owner: null, ownerIsMe: false, preset: 'isocarto' });
    draft.ownerName = 'Claire';
    expect(draft.request('Isocarto')).toBeNull();
    draft.ownerEmail = 'claire@ateliers.example';
    expect(draft.request('Isocarto')).toMatchObject({
      owner: { name: 'Claire', email: 'claire@ateliers.example' },
      ownerIsMe: true,
    });
  });
});

describe('a tick', () => {
  test('of today is now, of another day its noon, and of no day nothing', () => {
    const now = new Date(2026, 10, 25, 9, 30).getTime();
    expect(momentOf('2026-11-25', now)).toBe(now);
    expect(momentOf('2026-11-20', now)).toBe(new Date(2026, 10, 20, 12).getTime());
    expect(momentOf('', now)).toBeUndefined();
  });

  test('that makes somebody the owner asks what the former one is', () => {
    const give = (role: string) => [
      { kind: 'assignRole' as const, role, holder: 'm', holderKind: 'user' as const, group: 'organization' },
    ];
    expect(passesOwnership(give('owner'))).toBe(true);
    expect(passesOwnership(give('administrator'))).toBe(false);
  });
});

describe('words', () => {
  test('say where at the service something is done, or that nothing is', () => {
    expect(howText('isocarto', 'inviteUser')).toContain('Envoyer l’invitation');
    expect(howText('empty', 'inviteUser')).toBe('At the service: invite the address.');
    expect(howText('isocarto', 'keepToken')).toContain('kept here only');
    expect(howText('isocarto', 'endSession')).toBeNull();
  });

  test('say why something may not be done', () => {
    const actions = [{ action: 'changeRole' as const, refused: { kind: 'ownRole' as const, role: 'Administrator' } }];
    const roster = { preset: 'isocarto' as const, actions };
    const member = (id: string) => ({ roles: [{ remoteId: id, displayName: id }] });
    expect(memberRefusal(roster, member('member'), 'changeRole')).toBe('As Administrator you may not do this there.');
    expect(memberRefusal(roster, member('member'), 'remove')).toBeNull();
    expect(memberRefusal(roster, member('owner'), 'remove')).toBe(refusalText({ kind: 'owner' }));
    expect(memberRefusal({ ...roster, preset: 'empty' }, member('owner'), 'remove')).toBeNull();
  });
});
