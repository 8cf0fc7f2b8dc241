// What is kept of an organisation, asked again whenever its mirror or its queue became another one.
import type { App } from '$lib/app.svelte';
import type { AccountId, RosterView } from '$lib/backend/bindings';
import { Question } from '$lib/directory/question.svelte';
import { isRoster } from './links';

/** The organisation of an account that is kept by hand; of any other account there is none. */
export function rosterOf(app: App, accountId: () => AccountId | null): Question<RosterView> {
  const question = new Question<RosterView>();
  $effect(() => {
    void app.revision;
    const asked = accountId();
    if (asked === null || !isRoster(app.account(asked))) return;
    void question.ask(String(asked), () => app.backend.call('get_roster', { accountId: asked }));
  });
  return question;
}
