// Tells the desktop of tokens that expire soon: at the start, after each sync, and once an hour while the window is open.
// What is due, and what was told already, the core knows.
import type { App } from '$lib/app.svelte';
import type { HubEvent, TokenNoticeView } from '$lib/backend/bindings';
import { t } from '$lib/i18n/i18n.svelte';

const hour = 3_600_000;

/** Begins to tell; the returned function ends it. */
export function watchTokenNotices(app: App): () => void {
  let stopped = false;
  let unlisten: (() => void) | undefined;
  const tell = () => void tellOf(app);
  const timer = setInterval(tell, hour);
  void app.backend
    .listen((event) => {
      if (endsReading(event)) tell();
    })
    .then((stop) => {
      if (stopped) stop();
      else unlisten = stop;
    });
  tell();
  return () => {
    stopped = true;
    clearInterval(timer);
    unlisten?.();
  };
}

/** The lists are new, or everybody was asked about. */
function endsReading(event: HubEvent): boolean {
  if (event.kind === 'syncState') return event.sync.state === 'succeeded';
  return event.kind === 'detailsProgress' && event.details === null;
}

async function tellOf(app: App): Promise<void> {
  try {
    const { notices } = await app.backend.call('take_token_notices', {});
    for (const notice of notices) {
      const { title, body } = noticeText(notice);
      await app.backend.notify(title, body);
    }
  } catch {
    // A desktop that shows no notifications, or data that is closed: the screen says the same.
  }
}

/** What a notification says: account and count, and the names only where they were asked for. */
export function noticeText({ account, tokens, days, names }: TokenNoticeView): { title: string; body: string } {
  const body = t('tokens.notice', { count: tokens, days });
  const others = tokens - names.length;
  const named = others > 0 ? t('tokens.notice.others', { names: names.join(', '), count: others }) : names.join(', ');
  return { title: account, body: names.length > 0 ? `${body}\n${named}` : body };
}
