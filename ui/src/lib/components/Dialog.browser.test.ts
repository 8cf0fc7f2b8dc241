import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Dialog from './Dialog.svelte';

const children = createRawSnippet(() => ({ render: () => '<p><button>First</button> <button>Last</button></p>' }));

async function opened() {
  const opener = document.createElement('button');
  opener.textContent = 'Opener';
  document.body.append(opener);
  opener.focus();
  let closed = 0;
  const screen = await render(Dialog, { open: true, title: 'Rename', children, onclose: () => closed++ });
  return { opener, screen, closed: () => closed };
}

test('a dialog is named by its title and makes the rest of the window inert', async () => {
  const { opener } = await opened();
  await expect.element(page.getByRole('dialog', { name: 'Rename' })).toBeVisible();
  opener.focus();
  expect(document.activeElement).not.toBe(opener);
  opener.remove();
});

test('Esc closes a dialog and gives the focus back to what opened it', async () => {
  const { opener, closed } = await opened();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(closed()).toBe(1);
  expect(document.activeElement).toBe(opener);
  opener.remove();
});

test('a dialog that must not be left stays open on Esc and has no close button', async () => {
  await render(Dialog, { open: true, title: 'Working', closable: false, children });
  await userEvent.keyboard('{Escape}');
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog', { name: 'Working' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Close' })).not.toBeInTheDocument();
});
