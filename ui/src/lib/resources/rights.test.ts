import { expect, test } from 'vitest';
import type { RightRequest } from '$lib/changes/writer.svelte';
import { accountRights, highestOf, levelEdits, wordFor } from './rights';

const request = (...held: string[]): RightRequest => ({
  accountId: 1,
  holder: { kind: 'user', id: 'u', name: 'Ada' },
  resource: { kind: 'monitor', id: 'm', name: 'Shop' },
  held,
  others: [],
});
const told = (held: string[], wanted: string | null) =>
  levelEdits(request(...held), wanted).map((edit) => 'right' in edit && `${edit.kind} ${edit.right.permission}`);

test('a level is given once, and takes with it what goes further, the highest first', () => {
  const all = ['ViewMonitorData', 'ViewMonitor', 'EditMonitor'];
  expect(told([], 'EditMonitor')).toEqual(['giveRight EditMonitor']);
  expect(told(all, 'ViewMonitorData')).toEqual(['takeRight EditMonitor', 'takeRight ViewMonitor']);
  expect(told(all, null)).toEqual(['takeRight EditMonitor', 'takeRight ViewMonitor', 'takeRight ViewMonitorData']);
  expect(told(all, 'EditMonitor')).toEqual([]);
  expect(told(['EditMonitor'], 'ViewMonitor')).toEqual(['giveRight ViewMonitor', 'takeRight EditMonitor']);
});

test('operators and groups have their own words, and nobody is offered full rights', () => {
  expect(wordFor('group', 'AccountAccess')).toBe('BasicOperator');
  expect(wordFor('user', 'BasicOperator')).toBe('AccountAccess');
  expect(accountRights('user')).not.toContain('AccountAdministrator');
  expect(highestOf('monitor', ['ViewMonitor', 'ViewMonitorData'])).toBe('ViewMonitor');
});
