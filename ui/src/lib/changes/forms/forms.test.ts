import { describe, expect, it } from 'vitest';
import type { EditableField, PermissionView } from '$lib/backend/bindings';
import { Draft } from './draft.svelte';
import { choicesWithin, usualChoice } from './expiry';
import { chosenIn, fitting, idsOf, matching, textOf } from './permissions';

function right(remoteId: string, name: string, resource: string | null, description: string | null = null) {
  return { remoteId, name, resource, description } satisfies PermissionView;
}

describe('what a role allows', () => {
  const all = [
    right('o', 'invite', null),
    right('r', 'read:orders', 'Shop'),
    right('w', 'write:orders', 'Shop', 'Ship'),
  ];

  it('is a text in which the same ids are the same', () => {
    expect(textOf(['w', 'r', 'w'])).toBe(textOf(['r', 'w']));
    expect(chosenIn(textOf(['w', 'r']))).toEqual(['r', 'w']);
    expect(chosenIn(textOf([]))).toEqual([]);
    expect(idsOf(['r', 7, null])).toEqual(['r']);
    expect(idsOf(null)).toEqual([]);
  });

  it('leaves out the organisation template where a role is held in the whole account', () => {
    expect(fitting(all, 'account').map(({ remoteId }) => remoteId)).toEqual(['r', 'w']);
    expect(fitting(all, 'organization')).toHaveLength(3);
  });

  it('is found by words in its name, its API and what it is for', () => {
    const found = (typed: string) => matching(all, typed).map(({ remoteId }) => remoteId);
    expect(found('shop ORDERS')).toEqual(['r', 'w']);
    expect(found('ship')).toEqual(['w']);
    expect(found('')).toHaveLength(3);
    expect(found('nothing')).toEqual([]);
  });

  it('becomes an edit only where it is another set, whatever the order', () => {
    const field: EditableField = { path: 'permissions', kind: 'permissions', required: false, maxLength: null };
    const draft = new Draft([field], { permissions: ['w', 'r'] });
    expect(draft.edits()).toEqual([]);
    draft.values.set('permissions', textOf(['r', 'w']));
    expect(draft.dirty).toBe(false);
    draft.values.set('permissions', textOf(['o']));
    expect(draft.edits()).toEqual([{ path: 'permissions', before: ['w', 'r'], after: ['o'] }]);
    const fresh = new Draft([field], null);
    expect(fresh.edits()).toEqual([]);
    fresh.values.set('permissions', 'r');
    expect(fresh.edits()).toEqual([{ path: 'permissions', before: [], after: ['r'] }]);
  });
});

describe('the time of a token', () => {
  it('is offered as far as the owner allows', () => {
    expect(choicesWithin(null)).toEqual(['7', '30', '90', '365', 'date', 'never']);
    expect(choicesWithin(90)).toEqual(['7', '30', '90', 'date']);
    expect(choicesWithin(5)).toEqual(['date']);
  });

  it('begins with a quarter, or the longest that is allowed', () => {
    expect([null, 365, 90, 89, 30, 7, 5].map(usualChoice)).toEqual(['90', '90', '90', '30', '30', '7', 'date']);
  });
});
