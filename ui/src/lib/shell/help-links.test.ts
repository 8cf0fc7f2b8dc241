// Where help leads, in each language.
import { describe, expect, it } from 'vitest';
import { addressIn, helpOf } from './help-links';

describe('links to a service’s own articles', () => {
  it('lead to the article in the person’s language, and say where there is none', () => {
    const [settings] = helpOf('uptrends', 'users').links;
    const [duty] = helpOf('uptrends', 'duty').links;
    if (!settings || !duty) throw new Error('no links');
    expect(addressIn('en', settings)).toEqual({
      address: 'https://www.uptrends.com/support/kb/account/users/operators/main-settings',
      foreign: false,
    });
    expect(addressIn('nl', settings)).toEqual({
      address: 'https://www.uptrends.nl/support/kb/account/gebruikers/operators/algemene-instellingen',
      foreign: false,
    });
    expect(addressIn('fr', settings).address).toMatch(/^https:\/\/www\.uptrends\.fr\//);
    expect(addressIn('fr', duty)).toEqual({ address: duty.address, foreign: true });
    expect(addressIn('en', duty).foreign).toBe(false);
  });

  it('to what is no article say nothing of a language', () => {
    const app = helpOf('uptrends', 'hub').links.at(-1);
    if (!app) throw new Error('no link');
    expect(addressIn('nl', app)).toEqual({ address: app.address, foreign: false });
  });
});
