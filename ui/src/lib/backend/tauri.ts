// The only file that talks to the shell. Arguments are never logged: they may hold a credential.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { open } from '@tauri-apps/plugin-dialog';
import { openUrl } from '@tauri-apps/plugin-opener';
import { HubError, type Backend } from './backend';
import { EVENT_NAME, type CommandError, type HubEvent } from './bindings';

export const tauriBackend: Backend = {
  async call(name, request) {
    try {
      return await invoke(name, { request });
    } catch (thrown) {
      throw new HubError(isCommandError(thrown) ? thrown : unexpected(thrown));
    }
  },
  listen: (hear) => listen<HubEvent>(EVENT_NAME, ({ payload }) => hear(payload)),
  openExternal: (address) => openUrl(address),
  notify: (title, body) => invoke('plugin:notification|notify', { options: { title, body } }),
  print: () => invoke('plugin:webview|print'),
  chooseFile: ({ title, kind, extensions }) =>
    open({
      title,
      filters: [
        { name: kind, extensions: [...extensions] },
        { name: '*', extensions: ['*'] },
      ],
    }),
};

function isCommandError(thrown: unknown): thrown is CommandError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'action' in thrown && 'values' in thrown;
}

/** The shell itself refused: a command without permission or a request it cannot read. */
function unexpected(thrown: unknown): CommandError {
  return {
    code: 'internal',
    message: 'The shell did not take the command.',
    action: 'report',
    field: null,
    reason: null,
    account: null,
    detail: typeof thrown === 'string' ? thrown : null,
    retryAfterSeconds: null,
    values: {},
  };
}
