// A secret on the clipboard stays there for a minute, unless something else has taken its place.
import { writeClipboard } from '$lib/components/grid/clipboard';

/** How long, in milliseconds. */
const kept = 60_000;

/** Puts `secret` on the clipboard and takes it off after a minute if it is still there. Fails when the system refuses. */
export async function copySecret(secret: string, ended: () => void): Promise<void> {
  await writeClipboard(Promise.resolve(secret));
  let replaced = false;
  // Without leave to look at the clipboard, what was copied in this window since is all that is known of it.
  const copied = () => (replaced = true);
  document.addEventListener('copy', copied);
  setTimeout(() => {
    document.removeEventListener('copy', copied);
    void clear(secret, () => replaced).then((cleared) => cleared && ended());
  }, kept);
}

async function clear(secret: string, replaced: () => boolean): Promise<boolean> {
  let still: boolean;
  try {
    still = (await navigator.clipboard.readText()) === secret;
  } catch {
    still = !replaced();
  }
  if (!still) return false;
  try {
    await navigator.clipboard.writeText('');
    return true;
  } catch {
    return false;
  }
}
