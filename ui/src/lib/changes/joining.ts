// Coming into a group, with roles there.
import type { Edit, GroupKind } from '$lib/backend/bindings';

/** Puts every member into the group, and gives each of them the roles there. */
export function joining(
  groupKind: GroupKind,
  group: string,
  members: readonly string[],
  roles: readonly { readonly id: string }[],
): Edit[] {
  return members.flatMap((member) => [
    { kind: 'addMember' as const, group, groupKind, member },
    ...roles.map(({ id }) => ({
      kind: 'assignRole' as const,
      role: id,
      holder: member,
      holderKind: 'user' as const,
      group,
    })),
  ]);
}
