// Text to the clipboard. WebKit lets a page write only while it handles a key press or click, and reading many rows takes
// longer; a ClipboardItem may therefore be given the promise of its text.

/** Puts `text` on the clipboard. Fails when the system refuses. */
export async function writeClipboard(text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === 'undefined') {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const blob = text.then((ready) => new Blob([ready], { type: 'text/plain' }));
  await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
}
