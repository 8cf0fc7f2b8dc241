// Rights in the order of the core, put together by what they are rights on.
import type { PermissionView } from '$lib/backend/bindings';

export interface Resource {
  /** `null` for the organisation template. */
  readonly resource: string | null;
  readonly rights: readonly PermissionView[];
}

export function byResource(permissions: readonly PermissionView[]): Resource[] {
  const resources = new Map<string | null, PermissionView[]>();
  for (const permission of permissions) {
    const rights = resources.get(permission.resource);
    if (rights) rights.push(permission);
    else resources.set(permission.resource, [permission]);
  }
  return [...resources].map(([resource, rights]) => ({ resource, rights }));
}
