import { describe, expect, it } from 'vitest';
import { endAt } from './expiry';
import { isLink, linkFor } from './link';

describe('the end of an invitation', () => {
  it('is so many days away, or the end of the chosen day', () => {
    const now = new Date(2026, 10, 25, 12).getTime();
    expect(endAt(7, '', now)).toBe(now + 7 * 86_400_000);
    expect(endAt('date', '2026-12-02', now)).toBe(new Date(2026, 11, 2, 23, 59, 59).getTime());
    expect(endAt('date', '', now)).toBeUndefined();
  });
});

describe('the link in the e-mail', () => {
  it('is a web address, also where something stands for what is not known yet', () => {
    for (const link of [
      'https://a.example',
      ' https://a.example/{invitation}?m={email} ',
      'http://{organization}.example/',
    ]) {
      expect(isLink(link), link).toBe(true);
    }
    for (const link of ['', 'a.example', 'javascript:alert(1)', 'mailto:a@b.example', '{invitation}']) {
      expect(isLink(link), link).toBe(false);
    }
  });

  it('is shown as somebody would get it', () => {
    const link = linkFor('https://a.example/{invitation}?m={email}&o={organization}', 'zoe+a@b.example', 'o 1', '…');
    expect(link).toBe('https://a.example/…?m=zoe%2Ba%40b.example&o=o%201');
  });
});
