// Renders a component over a fake backend, as the shell would over the real one.
import type { Component } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { App } from '$lib/app.svelte';
import { FakeBackend } from '$lib/backend/fake';
import Harness from './Harness.svelte';

/** Starts the shared state over `backend` and renders `component` in it. */
export async function renderWith<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  backend = new FakeBackend(),
) {
  const app = new App(backend);
  await app.start();
  const screen = await render(Harness as Component<{ app: App; component: Component<Props>; props: Props }>, {
    // Named, because the harness has a prop of the same name as an option.
    props: { app, component, props },
  });
  return { app, backend, screen };
}
