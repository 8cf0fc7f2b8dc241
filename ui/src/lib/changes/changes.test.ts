import { beforeAll, describe, expect, it } from 'vitest';
import type { EditableField, GuardView, LossView, ReceiptLineView } from '$lib/backend/bindings';
import { ENTERPRISE } from '$lib/directory/raw';
import { i18n } from '$lib/i18n/i18n.svelte';
import { Confirmations } from './confirmations.svelte';
import { valueAt } from './field-path';
import { fieldLabel } from './field-words';
import { Draft } from './forms/draft.svelte';
import { dayOf, expiryAt } from './forms/expiry';
import { jsonEdits, readObject } from './forms/json';
import { successor } from './forms/successor';
import { joining } from './joining';
import { agreementText, blockText, guardText, lineText, lossText } from './words';

beforeAll(() => i18n.use('en', 'en-GB'));

describe('a path', () => {
  const record = {
    name: { familyName: 'Özdemir' },
    Title: 'Lead',
    emails: [{ value: 'home@example.org' }, { value: 'work@example.org', primary: true }],
    customData: { 'a.b': 1 },
    [ENTERPRISE]: { department: 'Ventes' },
  };

  it.each([
    ['name.familyName', 'Özdemir'],
    ['title', 'Lead'],
    ['emails[primary].value', 'work@example.org'],
    ['customData.a.b', 1],
    [`${ENTERPRISE}:department`, 'Ventes'],
    ['phoneNumbers[primary].value', null],
    ['name.familyName.more', null],
  ])('%s leads to its value', (path, value) => {
    expect(valueAt(record, path)).toEqual(value);
  });

  it('is called by the word of the screens, else by itself', () => {
    expect(fieldLabel('emails[primary].value')).toBe('E-mail');
    expect(fieldLabel('customData.plan')).toBe('Custom data: plan');
    expect(fieldLabel('urn:example:badge')).toBe('urn:example:badge');
  });
});

describe('JSON that is typed', () => {
  it('is an object, or says where it goes wrong', () => {
    expect(readObject(' ')).toEqual({ value: {} });
    expect(readObject('[1]')).toEqual({ problem: expect.stringContaining('JSON object') });
    expect(readObject('{\n  "a": oops }')).toEqual({ problem: expect.stringContaining('line 2, character 8') });
  });

  const before = { plan: 'pro', seats: 3, nested: { a: 1, b: 2 } };

  it('changes the keys that are written and leaves the others, when merged', () => {
    expect(jsonEdits('customData', before, { plan: 'team', nested: { b: 2, a: 1 } }, 'merge')).toEqual([
      { path: 'customData.plan', before: 'pro', after: 'team' },
    ]);
  });

  it('takes away what is not written, when it replaces', () => {
    expect(jsonEdits('customData', before, { plan: 'pro' }, 'replace')).toEqual([
      { path: 'customData', before, after: { plan: 'pro' } },
    ]);
    expect(jsonEdits('customData', before, { ...before }, 'replace')).toEqual([]);
  });
});

describe('a form', () => {
  const field = (path: string, kind: EditableField['kind'] = 'text'): EditableField => ({
    path,
    kind,
    required: false,
    maxLength: null,
  });
  const fields = [
    field('name'),
    field('primaryEmail', 'email'),
    field('isDefault', 'flag'),
    field('customData', 'json'),
  ];
  const record = { name: 'Zoé', primaryEmail: null, isDefault: true, customData: { plan: 'pro' } };

  it('edits what is different and nothing else', () => {
    const draft = new Draft(fields, record);
    expect(draft.dirty).toBe(false);
    expect(draft.edits()).toEqual([]);
    draft.values.set('name', ' ');
    draft.values.set('isDefault', false);
    expect(draft.dirty).toBe(true);
    expect(draft.edits()).toEqual([
      { path: 'name', before: 'Zoé', after: null },
      { path: 'isDefault', before: true, after: false },
    ]);
  });

  it('of a new record leaves out what is empty', () => {
    const draft = new Draft(fields, null);
    draft.values.set('name', 'Zoé');
    expect(draft.edits()).toEqual([{ path: 'name', before: null, after: 'Zoé' }]);
  });

  it('that is edited again begins with what was wanted, and takes back what is not wanted any more', () => {
    const again = [
      { path: 'name', before: 'Zoé', after: 'Zoë' },
      { path: 'primaryEmail', before: null, after: 'zoe@example.org' },
    ];
    const draft = new Draft(fields, record, again);
    expect(draft.text('name')).toBe('Zoë');
    draft.values.set('primaryEmail', '');
    expect(draft.edits()).toEqual([
      { path: 'name', before: 'Zoé', after: 'Zoë' },
      { path: 'primaryEmail', before: null, after: null },
    ]);
  });

  it('shows problems at their fields, keys of custom data at the custom data, others above', () => {
    const draft = new Draft(fields, record);
    draft.accept([
      { path: 'primaryEmail', reason: 'invalidEmail', limit: null },
      { path: 'customData.plan', reason: 'tooLong', limit: 12 },
      { path: 'fields', reason: 'nothingToDo', limit: null },
    ]);
    expect([...draft.errors]).toEqual([
      ['primaryEmail', 'This is not an e-mail address.'],
      ['customData', 'At most 12 characters.'],
    ]);
    expect(draft.problems).toEqual(['There is nothing to change.']);
  });

  it('gives no edits while its JSON cannot be read', () => {
    const draft = new Draft(fields, record);
    draft.values.set('customData', '{');
    expect(draft.edits()).toBeNull();
    expect(draft.errors.has('customData')).toBe(true);
  });
});

describe('a token', () => {
  const now = Date.UTC(2026, 10, 25, 12);

  it('ends after so many days, at the end of a chosen day, or never', () => {
    expect(expiryAt('30', '', now)).toBe(now + 30 * 86_400_000);
    expect(expiryAt('never', '', now)).toBeNull();
    expect(expiryAt('date', '', now)).toBeUndefined();
    const end = expiryAt('date', '2026-12-31', now) ?? 0;
    expect(dayOf(end)).toBe('2026-12-31');
    expect(dayOf(end + 1_000)).toBe('2027-01-01');
  });

  it('has a successor whose name is free', () => {
    expect(successor('nightly', ['nightly'])).toBe('nightly 2');
    expect(successor('nightly 2', ['nightly', 'nightly 2', 'nightly 3'])).toBe('nightly 4');
  });
});

it('joining gives every member the roles there after the membership', () => {
  expect(joining('organization', 'o1', ['u1'], [{ id: 'r1' }])).toEqual([
    { kind: 'addMember', group: 'o1', groupKind: 'organization', member: 'u1' },
    { kind: 'assignRole', role: 'r1', holder: 'u1', holderKind: 'user', group: 'o1' },
  ]);
});

describe('words', () => {
  const line: Pick<ReceiptLineView, 'kind' | 'targets' | 'item' | 'fields'> = {
    kind: 'setUserActive',
    targets: [],
    item: null,
    fields: [],
  };

  it('tell suspending from letting in, in the words of every service', () => {
    const field = (path: string, after: boolean) => [{ path, before: !after, after }];
    expect(lineText({ ...line, fields: field('active', false) })).toMatch(/^Suspend:/);
    expect(lineText({ ...line, fields: field('isSuspended', true) })).toMatch(/^Suspend:/);
    expect(lineText({ ...line, fields: field('isSuspended', false) })).toBe('Let in again');
    expect(lineText(line)).toBe('Suspend or let in');
  });

  it('name the role and where it is held', () => {
    const role = { kind: 'role' as const, remoteId: 'r1', name: 'Billing' };
    const group = { kind: 'group' as const, remoteId: 'o1', name: 'Acme' };
    expect(lineText({ ...line, kind: 'assignRole', targets: [role] })).toBe('Give the role Billing');
    expect(lineText({ ...line, kind: 'assignRole', targets: [role, group] })).toBe('Give the role Billing in Acme');
  });

  it('count what is lost', () => {
    const loss = (count: number): LossView => ({ kind: 'tokens', count, names: [] });
    expect(lossText(loss(1))).toBe('1 token; what uses it stops working:');
    expect(lossText(loss(1_200))).toBe('1,200 tokens; what uses them stops working:');
  });

  it('say what is agreed to only where it is asked', () => {
    expect(guardText({ kind: 'irreversible' })).toBe('This cannot be taken back.');
    expect(agreementText({ kind: 'irreversible' })).toContain('I understand what is lost.');
    expect(agreementText({ kind: 'manySubjects', count: 3 })).toContain('I have looked at the list.');
  });

  it('repeat the service where it refused', () => {
    expect(blockText({ kind: 'refused', reason: null, field: null, words: 'No.' })).toBe('The service refused: No.');
    const taken = { kind: 'refused' as const, reason: 'emailTaken', field: 'primaryEmail', words: 'in_use' };
    expect(blockText(taken)).toBe('E-mail: Another user has this e-mail address.');
    expect(blockText({ kind: 'outcomeUnknown', denied: true })).toContain('did not arrive');
  });
});

describe('confirmations', () => {
  const tick: GuardView = { key: 'gone', guard: { kind: 'irreversible' }, confirm: true };
  const typed: GuardView = { key: 'typed', guard: { kind: 'typedConfirmation', text: '12' }, confirm: true };
  const said: GuardView = { key: 'once', guard: { kind: 'secretShownOnce' }, confirm: false };

  it('are complete when everything that asks is confirmed, and tell the core what was typed', () => {
    const confirmations = new Confirmations();
    const guards = [tick, typed, said];
    expect(confirmations.complete([said])).toBe(true);
    confirmations.checked.add('gone');
    confirmations.typed.set('typed', '13');
    expect(confirmations.complete(guards)).toBe(false);
    confirmations.typed.set('typed', ' 12');
    expect(confirmations.complete(guards)).toBe(true);
    expect(confirmations.requests(guards)).toEqual([
      { key: 'gone', typed: null },
      { key: 'typed', typed: ' 12' },
    ]);
  });
});
