// Where each grid stood when it was left: coming back from a row's page shows the same rows, with the focus one Tab away.
import type { GridPlace } from './keyboard';

interface Position {
  readonly top: number;
  readonly place: GridPlace;
}

const kept = 20;
const positions = new Map<string, Position>();

/** Keeps the position of the list named `key` (which names its query, too). */
export function keepPosition(key: string, position: Position): void {
  positions.delete(key);
  positions.set(key, position);
  const oldest = positions.keys().next();
  if (positions.size > kept && oldest.done !== true) positions.delete(oldest.value);
}

/** The kept position of the list named `key`. */
export function keptPosition(key: string): Position | undefined {
  return positions.get(key);
}
