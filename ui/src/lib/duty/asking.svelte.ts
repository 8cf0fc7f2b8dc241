// Asking who is on duty, again each minute: it is worked out from what is stored, so it stays true without a network.
import type { App } from '$lib/app.svelte';
import type { DutyRequest, DutyView } from '$lib/backend/bindings';
import { Question } from '$lib/directory/question.svelte';
import { i18n } from '$lib/i18n/i18n.svelte';
import { AHEAD } from './words';

/** An account's answer. */
export interface DutyAnswer {
  readonly accountId: number;
  readonly view: DutyView;
}

const minute = 60_000;

/** Asks of each account in `wanted`, and again when a mirror or the minute is another. Made while a component is. */
export class Duty {
  readonly question = new Question<DutyAnswer[]>();

  constructor(app: App, wanted: () => readonly Omit<DutyRequest, 'days'>[]) {
    const requests = $derived(JSON.stringify(wanted()));
    const present = $derived(Math.floor(i18n.now / minute));
    $effect(() => {
      void app.revision;
      void present;
      const asked = JSON.parse(requests) as Omit<DutyRequest, 'days'>[];
      void this.question.ask(requests, () =>
        Promise.all(
          asked.map(async (request) => ({
            accountId: request.accountId,
            view: await app.backend.call('get_duty', { ...request, days: AHEAD }),
          })),
        ),
      );
    });
  }
}
