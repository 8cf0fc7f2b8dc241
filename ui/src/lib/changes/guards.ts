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
