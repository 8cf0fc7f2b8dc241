// What a screen says about the list behind its grid, so that the list can be exported, copied and selected as a whole.
import { getContext, setContext } from 'svelte';
import type { RowKey } from './picks';

/** A column as files and scripts have it: several where the grid puts several values into one cell. */
export interface FilePart {
  /** Its name in files. */
  readonly id: string;
  /** Its heading; that of the grid's column unless given. */
  readonly heading?: string;
  /** Words for its values; JSON has the values as they are. */
  readonly words?: Readonly<Record<string, string>>;
}

/** A column of a file. */
export interface FileColumn {
  id: string;
  heading: string;
  words: Record<string, string>;
}

/** Rows of the list: all, or the selected ones. */
export interface Wanted<List> {
  readonly list: List;
  readonly columns: FileColumn[];
  readonly selection: { all: boolean; rows: RowKey[] } | null;
}

/** The list of a grid. */
export interface GridSource<Row, List = unknown> {
  /** As the core is asked for it. */
  readonly list: List;
  /** What it is called, in the person's language: part of the name of a file. */
  readonly name: string;
  /** Another value is another filter; sorting changes nothing about who is selected. */
  readonly filter?: string;
  /** Names a row, where rows can be selected. */
  readonly rowKey?: (row: Row) => RowKey;
}

/** What grids do with whole lists; the feature that talks to the core provides it. */
export interface ListActions {
  /** Writes rows to a file that the person chooses. */
  exportRows: (wanted: Wanted<unknown>, format: 'csv' | 'xlsx' | 'json', name: string) => void;
  /** Rows as text for the clipboard. */
  copyText: (wanted: Wanted<unknown>) => Promise<{ text: string; rows: number; limited: boolean }>;
  /** How many are selected, and which named rows the list does not have. */
  resolve: (
    list: unknown,
    selection: { all: boolean; rows: RowKey[] },
  ) => Promise<{ count: number; gone: readonly RowKey[] }>;
}

/** Under which the actions stand in the context. */
export const listActionsKey = Symbol('list actions');

export function provideListActions(actions: ListActions): void {
  setContext(listActionsKey, actions);
}

/** `undefined` where nothing provides them: the grid then only shows. */
export function listActions(): ListActions | undefined {
  return getContext<ListActions | undefined>(listActionsKey);
}
