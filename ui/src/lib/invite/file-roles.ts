// Roles that a file of addresses names: those that the organisation has, by address, and the names that nobody knows.
import type { InviteeRolesView } from '$lib/backend/bindings';
import type { Choice } from '$lib/changes/writer.svelte';

/** As names are compared: any case, with or without accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

interface FileRoles {
  /** Ids of roles by folded address. */
  readonly byAddress: ReadonlyMap<string, readonly string[]>;
  /** Names that are no role here. */
  readonly unknown: readonly string[];
}

/** What `rows` of a file mean among the roles that can be given. */
export function fileRoles(rows: readonly InviteeRolesView[], choices: readonly Choice[]): FileRoles {
  const ids = new Map(choices.map(({ id, name }) => [folded(name), id]));
  const unknown = new Map<string, string>();
  const byAddress = new Map<string, readonly string[]>();
  for (const { address, roles } of rows) {
    const known = roles.flatMap((role) => {
      const id = ids.get(folded(role));
      if (id === undefined) unknown.set(folded(role), role);
      return id ?? [];
    });
    if (known.length > 0) byAddress.set(folded(address), [...new Set(known)]);
  }
  return { byAddress, unknown: [...unknown.values()] };
}

/** The roles that the file gives to an address; `undefined` where it gives none. */
export function rolesFor({ byAddress }: FileRoles, address: string): readonly string[] | undefined {
  return byAddress.get(folded(address));
}
