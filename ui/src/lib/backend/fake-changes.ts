// An empty queue, and plans that only say what was asked. Tests that look at changes give their own answers with `on`.
import type { AccountView, ChangesView, Commands, EditsRequest, PlanView, ReceiptView } from './bindings';
import { fakeRun } from './fake-views';

type ChangeCommand =
  | 'preview_edits'
  | 'propose_changes'
  | 'query_changes'
  | 'withdraw_changes'
  | 'reorder_changes'
  | 'resolve_change'
  | 'apply_changes'
  | 'apply_now'
  | 'cancel_apply'
  | 'take_secret'
  | 'get_receipt'
  | 'undo_run';
type ChangeHandlers = { [K in ChangeCommand]: (request: Commands[K]['request']) => Commands[K]['view'] };

export const emptyQueue: ChangesView = { queues: [], receipts: [] };

/** A plan with a line for each edit, all about one user. */
function fakePlan({ id, name, sample }: AccountView, { edits }: EditsRequest): PlanView {
  const lines = edits.map((edit, index) => ({
    changeId: null,
    index,
    kind: edit.kind,
    edit,
    state: 'pending' as const,
    targets: [],
    item: null,
    fields: 'fields' in edit ? edit.fields : [],
    losses: [],
    guards: [],
    problems: [],
    order: index + 1,
    after: [],
    blocked: null,
    secret: null,
    createdAt: null,
    runId: null,
  }));
  const subject = { kind: 'user' as const, remoteId: 'u0', name: 'Anna Vermeulen' };
  return {
    accountId: id,
    accountName: name,
    sample,
    subjects: lines.length > 0 ? [{ subject, lines }] : [],
    lines: lines.length,
    guards: [],
  };
}

function fakeReceipt({ id, name, address }: AccountView, runId: number): ReceiptView {
  return {
    run: fakeRun(runId, id, { kind: 'changes' }),
    accountName: name,
    accountAddress: address,
    signedInAs: null,
    person: null,
    lines: [],
    canUndo: false,
  };
}

export function changeHandlers(find: (account: number) => AccountView): ChangeHandlers {
  const started = (accountId: number) => ({ runId: accountId * 10 + 2, changes: [], unconfirmed: [], problems: [] });
  const owner = (runId: number) => find(Math.floor(runId / 10));
  return {
    preview_edits: (request) => fakePlan(find(request.accountId), request),
    propose_changes: ({ edits }) => ({ changes: edits.map((_, index) => index + 1), problems: [] }),
    query_changes: () => emptyQueue,
    withdraw_changes: () => emptyQueue,
    reorder_changes: () => emptyQueue,
    resolve_change: () => emptyQueue,
    apply_changes: ({ accountId }) => started(accountId),
    apply_now: ({ accountId }) => started(accountId),
    cancel_apply: () => emptyQueue,
    take_secret: () => ({
      secret: 'shown-once',
      kind: 'createToken',
      subject: { kind: 'user', remoteId: 'u0', name: 'Anna Vermeulen' },
      item: 'Nightly export',
    }),
    get_receipt: ({ runId }) => fakeReceipt(owner(runId), runId),
    undo_run: ({ runId }) => {
      const account = owner(runId);
      return { plan: fakePlan(account, { accountId: account.id, edits: [] }), edits: [], remains: [] };
    },
  };
}
