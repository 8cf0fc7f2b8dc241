// Rights that can be given: the service's words for them, and the edits that lead from what was given to what is wanted.
import type { Edit, GrantHolder, ResourceKind, Right } from '$lib/backend/bindings';
import type { RightRequest } from '$lib/changes/writer.svelte';

/** In the whole account: an operator's word for each, and a group's. Full rights come with a group alone. */
const inAccount: readonly (readonly [string, string])[] = [
  ['AccountAccess', 'BasicOperator'],
  ['AllowInfra', 'AllowInfra'],
  ['FinancialOperator', 'FinancialOperator'],
  ['TechnicalContact', 'TechnicalContact'],
  ['ShareDashboards', 'ShareDashboards'],
  ['CreateAlertDefinition', 'CreateAlertDefinition'],
  ['CreateIntegration', 'CreateIntegration'],
  ['CreatePrivateLocations', 'CreatePrivateLocations'],
  ['ManageMonitorTemplates', 'ManageMonitorTemplates'],
];

const levels: Record<ResourceKind, readonly string[]> = {
  monitor: ['ViewMonitorData', 'ViewMonitor', 'EditMonitor'],
  monitorGroup: [
    'ViewMonitorDataInGroup',
    'ViewMonitorsInGroup',
    'EditMonitorsInGroup',
    'CreateAndDeleteMonitorsInGroup',
  ],
  vaultSection: ['ViewVaultSection', 'ChangeVaultSection'],
  integration: ['UseIntegration', 'EditIntegration'],
  alertDefinition: ['EditAlertDefinition'],
};

/** Rights on a thing of this kind, each including those before it. */
export function rightsOn(kind: ResourceKind): readonly string[] {
  return levels[kind];
}

/** Rights in the whole account that this kind of holder can be given. */
export function accountRights(kind: GrantHolder): readonly string[] {
  return inAccount.map(([user, group]) => (kind === 'user' ? user : group));
}

/** The word under which a right in the account, listed in the operator's word, was given to this kind of holder. */
export function wordFor(kind: GrantHolder, permission: string): string {
  const known = inAccount.find((both) => both.includes(permission));
  return known ? known[kind === 'user' ? 0 : 1] : permission;
}

/** The highest of what was given. */
export function highestOf(kind: ResourceKind, held: readonly string[]): string | null {
  return levels[kind].findLast((word) => held.includes(word)) ?? null;
}

/** A right of the holder, at the place that the request is about. */
export function rightOf({ holder, resource }: Pick<RightRequest, 'holder' | 'resource'>, permission: string): Right {
  return {
    permission,
    holderKind: holder.kind,
    holder: holder.id,
    resource: resource?.id ?? null,
    resourceKind: resource?.kind ?? null,
  };
}

/** From what was given on a resource to `wanted` and what that includes; the highest is taken first. */
export function levelEdits(request: RightRequest, wanted: string | null): Edit[] {
  const { resource, held } = request;
  if (!resource) return [];
  const words = levels[resource.kind];
  const place = wanted === null ? -1 : words.indexOf(wanted);
  const over = words.filter((word, index) => index > place && held.includes(word)).toReversed();
  const taken = over.map((word): Edit => ({ kind: 'takeRight', right: rightOf(request, word) }));
  if (wanted === null || held.includes(wanted)) return taken;
  return [{ kind: 'giveRight', right: rightOf(request, wanted) }, ...taken];
}
