// The matrix as a table: rights by what they are rights on, and its columns in a file.
import type { MatrixRightView, MatrixRoleView } from '$lib/backend/bindings';
import type { FileColumn } from '$lib/components/grid/source';
import { t } from '$lib/i18n/i18n.svelte';

/** Rights on the same resource. */
export interface Block {
  /** `null` for the organisation template. */
  readonly resource: string | null;
  readonly rights: readonly { readonly row: number; readonly right: MatrixRightView }[];
}

/** The rows by resource, in the order of the core, each with its place among all. */
export function blocks(rights: readonly MatrixRightView[]): Block[] {
  const found: { resource: string | null; rights: { row: number; right: MatrixRightView }[] }[] = [];
  for (const [row, right] of rights.entries()) {
    const last = found.at(-1);
    if (last && last.resource === right.permission.resource) last.rights.push({ row, right });
    else found.push({ resource: right.permission.resource, rights: [{ row, right }] });
  }
  return found;
}

/** The matrix in a file: the rights, then a column for each role. */
export function matrixColumns(roles: readonly MatrixRoleView[]): FileColumn[] {
  const plain = (id: string, heading: string) => ({ id, heading, words: {} });
  const words = { true: t('common.yes'), false: t('common.no') };
  return [
    plain('resource', t('roles.matrix.resource')),
    plain('name', t('roles.matrix.right')),
    plain('description', t('roles.column.description')),
    ...roles.map(({ displayName }, index) => ({ id: `role${index}`, heading: displayName, words: { ...words } })),
  ];
}
