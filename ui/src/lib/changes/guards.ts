// The guards of a plan, each once: the same one may stand on the plan and on several of its lines.
import type { GuardView, PlanView } from '$lib/backend/bindings';

/** Guards of the whole plan and of these lines of it. */
export function guardsOf(plan: PlanView, only: (changeId: number | null) => boolean = () => true): GuardView[] {
  const lines = plan.subjects.flatMap((subject) => subject.lines).filter(({ changeId }) => only(changeId));
  return once([...plan.guards, ...lines.flatMap(({ guards }) => guards)]);
}

/** Each guard once, by its key. */
export function once(guards: readonly GuardView[]): GuardView[] {
  return [...new Map(guards.map((guard) => [guard.key, guard])).values()];
}

/** Guards that say the same, with the keys under which all of them are confirmed. */
interface Alike extends Pick<GuardView, 'guard' | 'confirm'> {
  readonly keys: readonly string[];
}

/** Guards by what they say. */
export function alike(guards: readonly GuardView[]): Alike[] {
  const said = new Map<string, Alike & { keys: string[] }>();
  for (const { key, guard, confirm } of guards) {
    const text = JSON.stringify([guard, confirm]);
    const known = said.get(text);
    if (known) known.keys.push(key);
    else said.set(text, { guard, confirm, keys: [key] });
  }
  return [...said.values()];
}
