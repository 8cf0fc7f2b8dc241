// Copying from a grid to the clipboard, and saying what was copied.
import { t } from '$lib/i18n/i18n.svelte';
import { toasts } from '../toasts.svelte';
import { writeClipboard } from './clipboard';
import { copyRows } from './copy';
import type { GridModel } from './grid-model.svelte';

/** Copies the selected rows of `model`, else the focused one, with the shown columns in their order. */
export async function copySelection<Row>(model: GridModel<Row>): Promise<void> {
  const shown = [...model.columns];
  const copied = copyRows(
    model.rowsToCopy,
    shown.map((column) => column.label),
    (offset, limit) => model.cache.read(offset, limit),
    (row) => shown.map((column) => (column.copy ?? column.text)(row)),
  );
  await copyText(copied);
}

/** Puts copied rows on the clipboard, and says how many they are. */
export async function copyText(copied: Promise<{ text: string; rows: number; limited: boolean }>): Promise<void> {
  try {
    await writeClipboard(copied.then(({ text }) => text));
    const { rows, limited } = await copied;
    toasts.show(t(limited ? 'grid.copiedFirst' : 'grid.copied', { rows }), 'success');
  } catch {
    toasts.show(t('grid.copyFailed'), 'danger');
  }
}
