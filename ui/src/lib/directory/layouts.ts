// The arranged columns of each grid live in the settings.
import type { App } from '$lib/app.svelte';
import type { ColumnLayout } from '$lib/backend/bindings';
import { toasts } from '$lib/components/toasts.svelte';
import { t } from '$lib/i18n/i18n.svelte';

/** Name of a grid in the settings. */
export type GridName =
  | 'users'
  | 'groups'
  | 'organizations'
  | 'invitations'
  | 'roles'
  | 'applications'
  | 'tokens'
  | 'tokenOwners'
  | 'apiUsers'
  | 'apiUserOwners'
  | 'resources'
  | 'duty'
  | 'activity'
  | 'runs'
  | 'since'
  | 'past'
  | 'log';

/** Keeps the columns of `grid` for the next time; a failure is said, the columns stay as arranged. */
export async function saveLayout(app: App, grid: GridName, layout: ColumnLayout[]): Promise<void> {
  try {
    await app.updateSettings({ gridLayouts: { ...app.settings.gridLayouts, [grid]: layout } });
  } catch {
    toasts.show(t('grid.layoutNotSaved'), 'danger');
  }
}
