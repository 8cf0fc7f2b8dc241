import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import type { Language } from '../backend/bindings';
import { languages, messagesOf } from './catalogue';

const english = messagesOf('en');

/** Names of the placeholders, with what kind they are. */
function placeholders(message: string): string[] {
  const found = new Set<string>();
  const walk = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue;
      found.add(element.value);
      if (element.type === TYPE.select || element.type === TYPE.plural) {
        for (const option of Object.values(element.options)) walk(option.value);
      }
    }
  };
  walk(parse(message, { ignoreTag: true }));
  return [...found].sort();
}

describe.each(languages)('the messages in %s', (language: Language) => {
  const messages = messagesOf(language);

  test('have the same keys as the English ones', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test('have the same placeholders as the English ones', () => {
    const different = [...messages].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('are never empty and have no blanks at their ends', () => {
    expect([...messages].filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
  });

  test('use typographic apostrophes', () => {
    // A straight one is also a quoting sign of the message format.
    expect([...messages].filter(([, text]) => text.includes("'"))).toEqual([]);
  });
});

test('French has a narrow no-break space before high punctuation and inside quotation marks', () => {
  const wrong = [...messagesOf('fr')].filter(([, text]) => {
    const words = text.replaceAll(/https?:\S+/g, '').replaceAll(/urn:\S+/g, '');
    return /[^\u202f][;!?»]|[^\u202f]:(?!\d)|«[^\u202f]/u.test(words);
  });
  expect(wrong).toEqual([]);
});

test('French and Dutch are translated, not copied', () => {
  const copied = (language: Language) =>
    [...messagesOf(language)].filter(([key, text]) => text.length > 24 && text === english.get(key));
  expect([...copied('fr'), ...copied('nl')]).toEqual([]);
});
