// A queue of changes in memory: edits are kept, seen as plans, withdrawn, put in order and applied, with receipts. What the
// core works out (losses, guards, problems) is told for the edits that tests look at.
import { HubError } from './backend';
import type {
  AccountView,
  BlockReason,
  Commands,
  Edit,
  FieldProblem,
  GuardView,
  HubEvent,
  LossKind,
  LossView,
  PendingView,
  PlanLineView,
  PlanView,
  ReceiptLineView,
  ReceiptView,
  RunView,
  SecretState,
} from './bindings';
import { lineOf, left, shownOnce, subjectOf, itemOf, keyOf } from './fake-plans';
import { fakeError, fakeRun } from './fake-views';

type ChangeCommand =
  | 'preview_edits'
  | 'propose_changes'
  | 'query_changes'
  | 'withdraw_changes'
  | 'reorder_changes'
  | 'schedule_change'
  | 'resolve_change'
  | 'apply_changes'
  | 'apply_now'
  | 'cancel_apply'
  | 'take_secret'
  | 'get_receipt'
  | 'undo_run';
type ChangeHandlers = { [K in ChangeCommand]: (request: Commands[K]['request']) => Commands[K]['view'] };

/** One kept edit. */
interface Change {
  readonly id: number;
  readonly accountId: number;
  edit: Edit;
  state: 'pending' | 'blocked';
  blocked: BlockReason | null;
  runId: number | null;
  schedule?: { dueAt: number; needs: number | null } | null;
}

/** Values that are shown once, by change. */
interface Waiting {
  readonly change: Change;
  state: SecretState;
}

export class FakeQueue {
  /** Every open change, in the order in which it runs. */
  open: Change[] = [];
  /** Why the change that is applied next is not taken; told once. */
  block: BlockReason | null = null;
  /** What is wrong with the next edits that are looked at or proposed; told until it is changed. */
  problems: FieldProblem[] = [];
  /** Holds an apply until it is let go. */
  held = false;
  readonly #receipts: ReceiptView[] = [];
  readonly #secrets = new Map<number, Waiting>();
  readonly #find: (account: number) => AccountView;
  readonly #accounts: () => readonly AccountView[];
  readonly #emit: (event: HubEvent) => void;
  #next = 1;

  constructor(
    find: (account: number) => AccountView,
    accounts: () => readonly AccountView[],
    emit: (event: HubEvent) => void,
  ) {
    this.#find = find;
    this.#accounts = accounts;
    this.#emit = emit;
  }

  /** Keeps an edit, as the start of a test. */
  keep(accountId: number, edit: Edit, blocked: BlockReason | null = null): number {
    const id = this.#next++;
    this.open = [...this.open, { id, accountId, edit, state: blocked ? 'blocked' : 'pending', blocked, runId: null }];
    return id;
  }

  /** What is pending about a record. */
  pending(accountId: number, remoteId: string): PendingView | null {
    const own = this.open.filter(
      (change) => change.accountId === accountId && subjectOf(accountId, change.edit).remoteId === remoteId,
    );
    if (own.length === 0) return null;
    const field = (names: readonly string[]) => {
      const fields = own.flatMap(({ edit }) => ('fields' in edit ? edit.fields : []));
      const after = fields.find(({ path }) => names.includes(path))?.after;
      return typeof after === 'string' ? after : null;
    };
    const activity = own.flatMap(({ edit }) => (edit.kind === 'setUserActive' ? [edit.active] : []));
    return {
      kinds: [...new Set(own.map(({ edit }) => edit.kind))],
      blocked: own.some(({ state }) => state === 'blocked'),
      removed: own.some(({ edit }) => edit.kind.startsWith('delete') && edit.kind !== 'deleteToken'),
      active: activity.at(-1) ?? null,
      displayName: field(['displayName', 'name']),
      userName: field(['userName', 'username']),
      email: field(['emails[primary].value', 'primaryEmail']),
    };
  }

  handlers(): ChangeHandlers {
    return {
      preview_edits: ({ accountId, edits }) => this.preview(accountId, edits),
      propose_changes: ({ accountId, edits }) => {
        if (this.problems.length > 0) return { changes: [], problems: [{ index: 0, problems: this.problems }] };
        const changes = edits.map((edit) => this.#propose(accountId, edit));
        this.#emit({ kind: 'changesChanged', accountId });
        return { changes, problems: [] };
      },
      query_changes: () => this.#view(),
      withdraw_changes: ({ accountId, changes }) => {
        this.open = this.open.filter(
          ({ id, accountId: own }) => own !== accountId || (changes !== null && !changes.includes(id)),
        );
        return this.#view();
      },
      reorder_changes: ({ accountId, changes }) => {
        const others = this.open.filter((change) => change.accountId !== accountId);
        this.open = [...others, ...changes.flatMap((id) => this.open.filter((change) => change.id === id))];
        return this.#view();
      },
      schedule_change: ({ changeId, dueAt, needs }) => {
        const change = this.open.find(({ id }) => id === changeId);
        if (change) change.schedule = dueAt === null ? null : { dueAt, needs };
        return this.#view();
      },
      resolve_change: ({ changeId, choice }) => {
        const change = this.open.find(({ id }) => id === changeId);
        if (change && choice === 'takeTheirs') this.open = this.open.filter((each) => each !== change);
        else if (change) Object.assign(change, { state: 'pending', blocked: null });
        return this.#view();
      },
      apply_changes: ({ accountId, changes, confirmations }) => {
        const chosen = this.open.filter(
          (change) =>
            change.accountId === accountId &&
            change.state === 'pending' &&
            (changes?.includes(change.id) ?? !isLater(change)),
        );
        return this.#start(accountId, chosen, confirmations);
      },
      apply_now: ({ accountId, edits, confirmations }) => {
        if (this.problems.length > 0) {
          return { runId: null, changes: [], unconfirmed: [], problems: [{ index: 0, problems: this.problems }] };
        }
        const ids = edits.map((edit) => this.#propose(accountId, edit));
        const chosen = this.open.filter(({ id }) => ids.includes(id));
        return this.#start(accountId, chosen, confirmations);
      },
      cancel_apply: ({ accountId }) => {
        this.held = false;
        this.#end(accountId, 'cancelled');
        return this.#view();
      },
      take_secret: ({ changeId }) => {
        const waiting = this.#secrets.get(changeId);
        if (waiting?.state !== 'waiting') throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
        waiting.state = 'taken';
        const { accountId, edit } = waiting.change;
        return {
          secret: 'pat_shown-once-4711',
          kind: edit.kind,
          subject: subjectOf(accountId, edit),
          item: itemOf(edit),
        };
      },
      get_receipt: ({ runId, most }) => first(this.#receipt(runId), most),
      undo_run: ({ runId }) => {
        const { run, lines } = this.#receipt(runId);
        const inverse = lines.flatMap(({ kind, subject }): Edit[] =>
          kind === 'setUserActive' && subject.remoteId !== null
            ? [{ kind: 'setUserActive', user: subject.remoteId, active: true }]
            : [],
        );
        const remains = lines
          .filter(({ kind }) => kind !== 'setUserActive')
          .map(({ changeId, kind, subject }) => ({
            changeId,
            kind,
            subject,
            reason: kind.startsWith('delete') ? ('deleted' as const) : ('noInverse' as const),
          }));
        const plan = this.#plan(
          run.accountId,
          inverse.map((edit, index) => lineOf(run.accountId, edit, index)),
        );
        return { plan, edits: inverse, remains };
      },
    };
  }

  #receipt(runId: number): ReceiptView {
    const receipt = this.#receipts.find(({ run }) => run.id === runId);
    if (!receipt) throw new HubError(fakeError({ code: 'notFound', action: 'none' }));
    const lines = receipt.lines.map((line) => ({ ...line, secret: this.#secrets.get(line.changeId)?.state ?? null }));
    return { ...receipt, lines, ...countsOf(lines) };
  }

  /** The plan of edits that are not kept, as a preview has it. */
  preview(accountId: number, edits: readonly Edit[]): PlanView {
    return this.#plan(
      accountId,
      edits.map((edit, index) => ({ ...lineOf(accountId, edit, index), problems: this.problems })),
    );
  }

  #propose(accountId: number, edit: Edit): number {
    const same = this.open.find(
      (change) => change.accountId === accountId && JSON.stringify(keyOf(change.edit)) === JSON.stringify(keyOf(edit)),
    );
    if (!same || edit.kind.startsWith('create')) return this.keep(accountId, edit);
    same.edit = edit;
    return same.id;
  }

  #start(
    accountId: number,
    chosen: readonly Change[],
    confirmations: Commands['apply_now']['request']['confirmations'],
  ) {
    const changes = chosen.map(({ id }) => id);
    const lines = chosen.map(({ edit }, index) => lineOf(accountId, edit, index));
    const { guards } = this.#plan(accountId, lines);
    const asked = [...guards, ...lines.flatMap((line) => line.guards)].filter(({ confirm }) => confirm);
    const unconfirmed = asked.filter(
      ({ key, guard }) =>
        !confirmations.some(
          (given) => given.key === key && (guard.kind !== 'typedConfirmation' || given.typed?.trim() === guard.text),
        ),
    );
    if (unconfirmed.length > 0 || chosen.length === 0) return { runId: null, changes, unconfirmed, problems: [] };
    const runId = 9_000 + this.#receipts.length;
    const account = this.#find(accountId);
    this.#receipts.unshift({
      run: fakeRun(runId, accountId, { kind: 'changes', state: 'running', startedAt: Date.now(), finishedAt: null }),
      accountName: account.name,
      accountAddress: account.address,
      signedInAs: 'rollcall-admin',
      person: 'anna',
      lines: chosen.map((change) => this.#tried(change, runId)),
      applied: 0,
      blocked: 0,
      left: 0,
      beyond: 0,
      canUndo: true,
    });
    const progress = { runId, done: 0, total: chosen.length, changeId: changes[0] ?? null };
    this.#emit({ kind: 'changesProgress', accountId, progress });
    if (!this.held) setTimeout(() => this.#end(accountId, 'succeeded'));
    return { runId, changes, unconfirmed: [], problems: [] };
  }

  /** What becomes of one change. */
  #tried(change: Change, runId: number): ReceiptLineView {
    const { block } = this;
    this.block = null;
    change.runId = runId;
    if (block) Object.assign(change, { state: 'blocked', blocked: block });
    else this.open = this.open.filter((each) => each !== change);
    if (!block && shownOnce(change.edit)) this.#secrets.set(change.id, { change, state: 'waiting' });
    const { kind, targets, item, fields } = lineOf(change.accountId, change.edit, 0);
    return {
      changeId: change.id,
      kind,
      subject: subjectOf(change.accountId, change.edit),
      targets,
      item,
      fields,
      state: block ? 'blocked' : 'applied',
      blocked: block,
      secret: null,
      calls: [
        {
          runId,
          sentAt: Date.now(),
          endedAt: Date.now(),
          outcome: block ? 'refused' : 'done',
          words: block?.kind === 'refused' ? block.words : null,
        },
      ],
    };
  }

  #end(accountId: number, state: RunView['state']): void {
    for (const { run } of this.#receipts) {
      if (run.accountId === accountId && run.state === 'running') Object.assign(run, { state, finishedAt: Date.now() });
    }
    this.#emit({ kind: 'changesProgress', accountId, progress: null });
  }

  #plan(accountId: number, lines: readonly PlanLineView[]): PlanView {
    const { name, sample } = this.#find(accountId);
    const subjects: PlanView['subjects'] = [];
    for (const line of lines) {
      const subject = subjectOf(accountId, line.edit);
      const known = subjects.find((each) => JSON.stringify(each.subject) === JSON.stringify(subject));
      if (known) known.lines.push(line);
      else subjects.push({ subject, lines: [line] });
    }
    const gone = lines.filter(({ kind }) => kind === 'deleteUser').length;
    const guards: GuardView[] =
      gone > 1
        ? [{ key: 'typed', guard: { kind: 'typedConfirmation', text: String(gone) }, confirm: true }]
        : subjects.length > 2
          ? [{ key: 'many', guard: { kind: 'manySubjects', count: subjects.length }, confirm: true }]
          : [];
    const sums = new Map<LossKind, number>();
    const losing = lines.filter((line) => line.losses.length > 0);
    for (const { kind, count } of losing.flatMap((line) => line.losses)) sums.set(kind, (sums.get(kind) ?? 0) + count);
    const totals: LossView[] = losing.length > 1 ? [...sums].map(([kind, count]) => ({ kind, count, names: [] })) : [];
    return {
      accountId,
      accountName: name,
      sample,
      subjects,
      lines: lines.length,
      beyond: 0,
      guards,
      totals,
      left: left(lines),
    };
  }

  #view(): Commands['query_changes']['view'] {
    const queues = this.#accounts().flatMap(({ id: accountId }) => {
      const own = this.open.filter((change) => change.accountId === accountId);
      const secretsWaiting = [...this.#secrets.values()].filter(
        ({ change, state }) => change.accountId === accountId && state === 'waiting',
      ).length;
      if (own.length === 0 && secretsWaiting === 0) return [];
      const lines = own.map((change, index) => ({
        ...lineOf(accountId, change.edit, index),
        changeId: change.id,
        state: change.state,
        blocked: change.blocked,
        createdAt: Date.now() - 600_000,
        dueAt: change.schedule?.dueAt ?? null,
        needs: change.schedule?.needs ?? null,
        runId: change.runId,
      }));
      const blocked = own.filter(({ state }) => state === 'blocked').length;
      const scheduled = own.filter(isLater).length;
      const counts = { pending: own.length - blocked - scheduled, scheduled, blocked, sent: 0, secretsWaiting };
      return [{ plan: this.#plan(accountId, lines), counts, progress: null }];
    });
    const count = (receipt: ReceiptView, state: string) => receipt.lines.filter((line) => line.state === state).length;
    const receipts = this.#receipts.map((receipt) => ({
      run: receipt.run,
      accountName: receipt.accountName,
      applied: count(receipt, 'applied'),
      blocked: count(receipt, 'blocked'),
      left: 0,
    }));
    return { queues, receipts };
  }
}

/** A receipt with at most so many lines. */
function first(receipt: ReceiptView, most: number | null): ReceiptView {
  const lines = receipt.lines.slice(0, most ?? undefined);
  return { ...receipt, lines, beyond: receipt.lines.length - lines.length };
}

function countsOf(lines: readonly ReceiptLineView[]) {
  const of = (state: string) => lines.filter((line) => line.state === state).length;
  const [applied, blocked] = [of('applied'), of('blocked')];
  return { applied, blocked, left: lines.length - applied - blocked };
}

function isLater({ state, schedule }: Change): boolean {
  return state === 'pending' && (schedule?.dueAt ?? 0) > Date.now();
}
