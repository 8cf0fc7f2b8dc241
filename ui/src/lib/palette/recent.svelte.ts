// What was opened from the palette lately. Names of people are not written anywhere outside the encrypted store, so it is
// remembered only while the window is open.
import type { Entry } from './entries';

const kept = 6;
let recent = $state.raw<readonly Entry[]>([]);

/** The newest first. */
export const recentEntries = (): readonly Entry[] => recent;

/** Puts an entry first. */
export function remember(entry: Entry): void {
  recent = [entry, ...recent.filter(({ id }) => id !== entry.id)].slice(0, kept);
}
