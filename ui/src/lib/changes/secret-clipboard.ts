// A secret on the clipboard stays there for a minute, unless something else has taken its place.
import { writeClipboard } from '$lib/components/grid/clipboard';

/** How long, in milliseconds. */
const kept = 60_000;

/** What became of a secret on the clipboard. `left`: the system let nobody look or write, so that it may still be there. */
export type Outcome = 'cleared' | 'replaced' | 'left';

/** Puts `secret` on the clipboard, takes it off after a minute if it is still there, and tells. Fails when the system refuses. */
export async function copySecret(secret: string, ended: (outcome: Outcome) => void): Promise<void> {
  await writeClipboard(Promise.resolve(secret));
  let replaced = false;
  // Without leave to look at the clipboard, what was copied in this window since is all that is known of it.
  const copied = () => (replaced = true);
  document.addEventListener('copy', copied);
  setTimeout(() => {
    document.removeEventListener('copy', copied);
    void takeOff(secret, replaced, navigator.clipboard).then(ended);
  }, kept);
}

/** Takes `secret` off if it is there. What cannot be looked at is never wiped: it may be somebody's work by now. */
export async function takeOff(
  secret: string,
  replaced: boolean,
  clipboard: Pick<Clipboard, 'readText' | 'writeText'>,
): Promise<Outcome> {
  if (replaced) return 'replaced';
  try {
    if ((await clipboard.readText()) !== secret) return 'replaced';
    await clipboard.writeText('');
    return 'cleared';
  } catch {
    return 'left';
  }
}
