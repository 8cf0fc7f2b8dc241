import { beforeAll, describe, expect, it } from 'vitest';
import type { RightOriginView } from '$lib/backend/bindings';
import { i18n } from '$lib/i18n/i18n.svelte';
import { readResourceFilter, resourcesLink } from './filter';
import { levelText, modeText, originText, permissionText, rightText } from './words';

beforeAll(() => i18n.use('en', 'en-GB'));

const direct: RightOriginView = {
  permission: 'EditMonitor',
  groupId: null,
  group: null,
  resourceGroupId: null,
  resourceGroup: null,
};
const group = { groupId: 'g', group: 'Night watch' };
const on = { permission: 'EditMonitorsInGroup', resourceGroupId: 'mg', resourceGroup: 'Webshop' };

describe('a right', () => {
  it.each<[Partial<RightOriginView>, string]>([
    [{}, 'Edit: directly'],
    [group, 'Edit: by group Night watch'],
    [on, 'Edit: directly, on monitor group Webshop'],
    [{ ...group, ...on }, 'Edit: by group Night watch, on monitor group Webshop'],
  ])('says where it comes from: %j', (change, text) => {
    expect(originText({ ...direct, ...change })).toBe(text);
  });

  it('has a human name, the same for users and groups; a new one is as the service writes it', () => {
    expect(permissionText('AccountAccess')).toBe(permissionText('BasicOperator'));
    expect(permissionText('ManageMonitorTemplates')).toBe('Manage monitor templates');
    expect(permissionText('LaunchRockets')).toBe('LaunchRockets');
    expect(permissionText('constructor')).toBe('constructor');
  });

  it('that is not on monitors is named by what was given', () => {
    expect(levelText('delete', [direct])).toBe('Create and delete');
    expect(levelText(null, [{ ...direct, permission: 'UseIntegration' }])).toBe('Use the integration');
  });

  it('is read from a line of history', () => {
    expect(rightText('EditMonitor (Home (new))')).toBe('Edit (Home (new))');
    expect(rightText('FinancialOperator')).toBe('Financial operator: orders and invoices');
    expect(rightText('Strange words')).toBe('Strange words');
  });
});

describe('the filter of resources', () => {
  it('comes back out of its address', () => {
    const filter = {
      text: 'shop',
      kind: 'monitor',
      mode: 'Production',
      active: false,
      sort: 'active',
      descending: true,
    } as const;
    const query = new URLSearchParams(resourcesLink(filter).split('?')[1]);
    expect(readResourceFilter(query, 1, false)).toEqual({ accountId: 1, ...filter });
  });

  it('ignores what it cannot mean', () => {
    const query = new URLSearchParams('kind=people&sort=account&mode=');
    expect(readResourceFilter(query, null, false)).toMatchObject({
      kind: null,
      mode: null,
      active: null,
      sort: 'displayName',
    });
  });

  it('keeps a mode that is new', () => {
    expect(modeText('Canary')).toBe('Canary');
    expect(modeText('Production')).toBe('Production');
    expect(modeText(null)).toBe('');
  });
});
