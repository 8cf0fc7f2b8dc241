// The columns of the table of who may do what: which groups or operators, and what they are in a file.
import type { AccessHolderView, GrantHolder } from '$lib/backend/bindings';
import type { FileColumn } from '$lib/components/grid/source';
import { t } from '$lib/i18n/i18n.svelte';
import { levels } from './words';

/** So many columns at the most are drawn at once; a file has all. */
export const widest = 60;

/** Groups or operators whose name has every word. */
export function columnsOf(
  holders: readonly AccessHolderView[],
  { across, who }: { across: GrantHolder | null; who: string },
): AccessHolderView[] {
  const words = who.toLowerCase().split(/\s+/).filter(Boolean);
  return holders.filter(
    ({ holder, displayName }) =>
      holder.kind === (across ?? 'group') && words.every((word) => displayName.toLowerCase().includes(word)),
  );
}

/** The table in a file: the monitors, then a column for each group or operator. */
export function accessColumns(holders: readonly AccessHolderView[]): FileColumn[] {
  const plain = (id: string, heading: string) => ({ id, heading, words: {} });
  const words = Object.fromEntries(levels.map((level) => [level, t(`resources.level.${level}`)]));
  return [
    plain('displayName', t('resources.column.displayName')),
    plain('type', t('resources.column.type')),
    plain('mode', t('resources.column.mode')),
    ...holders.map(({ displayName }, index) => ({ id: `holder${index}`, heading: displayName, words: { ...words } })),
  ];
}
