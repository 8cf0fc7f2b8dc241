// What the screens know of the core: commands, events, and opening a page in the person's own browser. The real one is
// tauri.ts; tests bring their own.
import type { CommandError, Commands, HubEvent } from './bindings';

/** Name of a command of the contract. */
export type CommandName = keyof Commands;

/** Stops listening. */
export type Unlisten = () => void;

export interface Backend {
  /** Runs a command. Throws {@link HubError}. */
  call<K extends CommandName>(name: K, request: Commands[K]['request']): Promise<Commands[K]['view']>;
  /** Hears every event of the core until the returned function is called. */
  listen(hear: (event: HubEvent) => void): Promise<Unlisten>;
  /** Opens a page in the person's own browser. */
  openExternal(address: string): Promise<void>;
  /** Shows a notification on the desktop. */
  notify(title: string, body: string): Promise<void>;
  /** Shows the system's own window to print what this window shows. */
  print(): Promise<void>;
  /** Lets the person choose a file with the system's own window; `null` when none was chosen. */
  chooseFile(wanted: FileChoice): Promise<string | null>;
}

/** Which file is looked for. */
export interface FileChoice {
  title: string;
  /** What such files are called. */
  kind: string;
  /** How their names end, without the dot; any other can be chosen too. */
  extensions: readonly string[];
}

/** A command's failure as the core described it. */
export class HubError extends Error {
  readonly error: CommandError;

  constructor(error: CommandError) {
    super(error.message);
    this.name = 'HubError';
    this.error = error;
  }
}

/** The {@link CommandError} of anything thrown; what is not the core's own is a mistake of this program. */
export function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof HubError) return thrown.error;
  return {
    code: 'internal',
    message: 'The window made a mistake.',
    action: 'report',
    field: null,
    reason: null,
    account: null,
    detail: thrown instanceof Error ? thrown.message : null,
    retryAfterSeconds: null,
    values: {},
  };
}
