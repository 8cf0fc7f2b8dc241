// Rights in words: what a permission allows, how far a level goes, and where both come from.
import type { AccessLevel, RightOriginView } from '$lib/backend/bindings';
import type { MessageKey } from '$lib/i18n/catalogue';
import { t } from '$lib/i18n/i18n.svelte';

export const levels: readonly AccessLevel[] = ['viewData', 'view', 'edit', 'delete'];

/** The service's own words: those of groups beside those of users, where they differ. */
const permissions: Record<string, MessageKey> = {
  AccountAccess: 'resources.permission.AccountAccess',
  BasicOperator: 'resources.permission.AccountAccess',
  AccountAdministrator: 'resources.permission.AccountAdministrator',
  Administrator: 'resources.permission.AccountAdministrator',
  AllowInfra: 'resources.permission.AllowInfra',
  FinancialOperator: 'resources.permission.FinancialOperator',
  TechnicalContact: 'resources.permission.TechnicalContact',
  ShareDashboards: 'resources.permission.ShareDashboards',
  CreateAlertDefinition: 'resources.permission.CreateAlertDefinition',
  CreateIntegration: 'resources.permission.CreateIntegration',
  CreatePrivateLocations: 'resources.permission.CreatePrivateLocations',
  ManageMonitorTemplates: 'resources.permission.ManageMonitorTemplates',
  ViewMonitorData: 'resources.level.viewData',
  ViewMonitorDataInGroup: 'resources.level.viewData',
  ViewMonitor: 'resources.level.view',
  ViewMonitorsInGroup: 'resources.level.view',
  EditMonitor: 'resources.level.edit',
  EditMonitorsInGroup: 'resources.level.edit',
  CreateAndDeleteMonitorsInGroup: 'resources.level.delete',
  ViewVaultSection: 'resources.permission.ViewVaultSection',
  ChangeVaultSection: 'resources.permission.ChangeVaultSection',
  UseIntegration: 'resources.permission.UseIntegration',
  EditIntegration: 'resources.permission.EditIntegration',
  EditAlertDefinition: 'resources.permission.EditAlertDefinition',
};

/** What a permission allows; a word that is new to us as the service writes it. */
export function permissionText(permission: string): string {
  const key = Object.hasOwn(permissions, permission) ? permissions[permission] : undefined;
  return key ? t(key) : permission;
}

/** A right as the history names it: the permission, and in parentheses what it is on. */
export function rightText(name: string): string {
  const [, permission = name, on] = /^(\S+) \((.*)\)$/s.exec(name) ?? [];
  const text = permissionText(permission);
  return on === undefined ? text : `${text} (${on})`;
}

/** How far a right goes; a right that is not on monitors by what was given. */
export function levelText(level: AccessLevel | null, origins: readonly RightOriginView[]): string {
  if (level !== null) return t(`resources.level.${level}`);
  return [...new Set(origins.map(({ permission }) => permissionText(permission)))].join(', ');
}

/** `Edit: by group Night watch, on monitor group Production`. */
export function originText({ permission, group, resourceGroup }: RightOriginView): string {
  const values = { right: permissionText(permission), group, resource: resourceGroup };
  if (resourceGroup !== null) return t(group === null ? 'resources.origin.on' : 'resources.origin.groupOn', values);
  return t(group === null ? 'resources.origin.direct' : 'resources.origin.group', values);
}

/** Everything that gives a right, the farthest-reaching first. */
export function whyText(origins: readonly RightOriginView[]): string {
  return origins.map(originText).join(' · ');
}

/** The service's word for a mode, in the person's language where we know it. */
export function modeText(mode: string | null): string {
  switch (mode) {
    case 'Production':
    case 'Staging':
    case 'Development':
      return t(`resources.mode.${mode}`);
    case null:
      return '';
    default:
      return mode;
  }
}
