import { expect, it } from 'vitest';
import { takeOff } from './secret-clipboard';

/** A clipboard with this on it; `refuses` what the system may refuse. */
function clipboard(text: string, refuses: 'readText' | 'writeText' | null = null) {
  const board = {
    text,
    readText: () => (refuses === 'readText' ? Promise.reject(new Error('refused')) : Promise.resolve(board.text)),
    writeText: (written: string) => {
      if (refuses === 'writeText') return Promise.reject(new Error('refused'));
      board.text = written;
      return Promise.resolve();
    },
  };
  return board;
}

it('takes a secret off the clipboard', async () => {
  const board = clipboard('pat_1');
  expect(await takeOff('pat_1', false, board)).toBe('cleared');
  expect(board.text).toBe('');
});

it('leaves what has taken its place', async () => {
  const board = clipboard('a letter');
  expect(await takeOff('pat_1', false, board)).toBe('replaced');
  expect(await takeOff('pat_1', true, board)).toBe('replaced');
  expect(board.text).toBe('a letter');
});

it('wipes nothing that it may not look at, and says that the secret may be there', async () => {
  const board = clipboard('a letter', 'readText');
  expect(await takeOff('pat_1', false, board)).toBe('left');
  expect(board.text).toBe('a letter');
});

it('says so when the secret could not be taken off', async () => {
  expect(await takeOff('pat_1', false, clipboard('pat_1', 'writeText'))).toBe('left');
});
