/**
 * Holds back the first screen until the stylesheet applies: WebKitGTK may run the script before it, and a virtual
 * list that measures its unstyled box would draw every row.
 */
export async function load(): Promise<void> {
  if (document.readyState === 'complete') return;
  await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
}
