// What mends a finding: the edits of one, of a person and of all.
import { beforeEach, describe, expect, it } from 'vitest';
import type { AccountView, EditKind, FindingItemView, FindingView } from '$lib/backend/bindings';
import { fakeAccount } from '$lib/backend/fake-views';
import { uptrendsCapabilities } from '$lib/backend/fake-uptrends';
import { writer } from '$lib/changes/writer.svelte';
import { mender, people } from './mending';

const edits: EditKind[] = ['takeRight', 'giveRight', 'addMember', 'deleteToken'];
const account: AccountView = fakeAccount(7, 'Night watch', {
  provider: 'uptrends',
  capabilities: { ...uptrendsCapabilities, edits },
  authentication: { kind: 'basic', userName: 'ours' },
});
const administrators = [{ remoteId: 'g9', displayName: 'Administrators' }];

function item(remoteId: string, more: Partial<FindingItemView> = {}): FindingItemView {
  return { remoteId, displayName: remoteId.toUpperCase(), right: null, apiUser: null, importedAt: null, ...more };
}

function right(remoteId: string, permission: string, resourceId: string | null = 'm1'): FindingItemView {
  const on = resourceId === null ? null : 'Shop';
  const resourceKind = resourceId === null ? null : ('monitor' as const);
  return item(remoteId, { right: { permission, resourceId, resource: on, resourceKind, through: [] } });
}

const finding = (
  kind: FindingView['kind'],
  items: FindingItemView[],
  permission: string | null = null,
): FindingView => ({
  kind,
  permission,
  items,
});

beforeEach(() => {
  writer.write = null;
  writer.pick = null;
});

describe('mending a finding', () => {
  it('takes one right back, all of a person, or all there are, each as one plan', () => {
    const items = [right('bo', 'EditMonitor'), right('bo', 'ViewMonitor'), right('cy', 'ShareDashboards', null)];
    const mend = mender(account, finding('redundant', items), administrators);
    const [bo] = people(items);
    if (!mend || !bo) throw new Error('nothing mends it');
    mend.run({ ...bo, items: bo.items.slice(0, 1) });
    const taken = {
      permission: 'EditMonitor',
      holderKind: 'user',
      holder: 'bo',
      resource: 'm1',
      resourceKind: 'monitor',
    };
    expect(writer.write?.edits).toEqual([{ kind: 'takeRight', right: taken }]);
    mend.run(bo);
    expect(writer.write?.edits).toHaveLength(2);
    mend.whole?.run();
    expect(writer.write?.edits).toHaveLength(3);
    expect(writer.write?.edits[2]).toMatchObject({ right: { resource: null, resourceKind: null, holder: 'cy' } });
  });

  it('puts people into the groups that are chosen', () => {
    const items = [item('di'), item('ed')];
    const mend = mender(account, finding('onlyEverybody', items), administrators);
    mend?.whole?.run();
    expect(writer.pick).toMatchObject({ accountId: 7, what: 'groups' });
    writer.pick?.onpick([{ id: 'g1', name: 'Shop', detail: '' }], [], 7);
    expect(writer.write?.edits).toEqual([
      { kind: 'addMember', group: 'g1', groupKind: 'group', member: 'di' },
      { kind: 'addMember', group: 'g1', groupKind: 'group', member: 'ed' },
    ]);
  });

  it('deletes API users, but never the one that Rollcall signs in with', () => {
    const items = [item('di', { apiUser: 'k1' }), item('di', { apiUser: 'ours' }), item('ed', { apiUser: 'k2' })];
    const mend = mender(account, finding('apiUserOfInactive', items), administrators);
    mend?.whole?.run();
    expect(writer.write?.edits).toEqual([
      { kind: 'deleteToken', owner: 'di', name: 'k1' },
      { kind: 'deleteToken', owner: 'ed', name: 'k2' },
    ]);
    expect(items.map((own) => mend?.refusal(own) !== null)).toEqual([false, true, false]);
  });

  it('leads from a last holder to a second one: full rights come with their group', () => {
    const choose = (permission: string) => {
      const last = finding('lastHolder', [item('ada')], permission);
      const mend = mender(account, last, administrators);
      mend?.run({ ...item('ada'), items: last.items });
      expect(writer.pick?.already('ada')).toBe(true);
      writer.pick?.onpick([{ id: 'bo', name: 'Bo', detail: '' }], [], 7);
      return writer.write?.edits[0];
    };
    expect(choose('FinancialOperator')).toMatchObject({ kind: 'giveRight', right: { holder: 'bo', resource: null } });
    expect(choose('AccountAdministrator')).toEqual({
      kind: 'addMember',
      group: 'g9',
      groupKind: 'group',
      member: 'bo',
    });
  });

  it('is not offered where the credential may not', () => {
    const reader = { ...account, capabilities: uptrendsCapabilities };
    for (const kind of ['redundant', 'onlyEverybody', 'apiUserOfInactive', 'lastHolder', 'holders'] as const) {
      expect(mender(reader, finding(kind, [item('ada')], 'TechnicalContact'), administrators), kind).toBeNull();
    }
  });
});
