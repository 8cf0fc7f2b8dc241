// What a role allows, while it is being chosen: ids, in a form one text with a line each.
import type { PermissionView, RoleScope } from '$lib/backend/bindings';

/** Where it stands in an edit. */
export const PERMISSIONS = 'permissions';

/** Ids, whatever else stands there. */
export function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** As a form keeps them: the same ids are the same text. */
export function textOf(ids: Iterable<string>): string {
  return [...new Set(ids)].toSorted().join('\n');
}

/** The ids in a form's text. */
export function chosenIn(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** What a role of this kind can allow: those of the organisation template are held in organisations only. */
export function fitting(permissions: readonly PermissionView[], scope: RoleScope): readonly PermissionView[] {
  return scope === 'organization' ? permissions : permissions.filter(({ resource }) => resource !== null);
}

/** Those with all words of `typed` in name, API or description. */
export function matching(permissions: readonly PermissionView[], typed: string): readonly PermissionView[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return permissions.filter(({ name, description, resource }) => {
    const text = `${name} ${resource ?? ''} ${description ?? ''}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
}
