// Tests of the whole window want it built from what is there now.
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const root = new URL('../../', import.meta.url).pathname;

export default async function setup(): Promise<void> {
  const built = await changed(`${root}dist/index.html`);
  const sources = await readdir(`${root}src`, { recursive: true });
  const inputs = [
    ...sources.filter((file) => !file.includes('.test.')).map((file) => `src/${file}`),
    'package-lock.json',
    'vite.config.ts',
    'svelte.config.js',
  ];
  const newest = Math.max(...(await Promise.all(inputs.map((file) => changed(root + file)))));
  if (built < newest) await promisify(execFile)('npm', ['run', 'build'], { cwd: root });
}

async function changed(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
