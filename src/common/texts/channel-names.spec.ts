import { readFileSync } from 'node:fs';
import { channelName } from './channel-names.js';

const webNames = (locale: 'en' | 'fr') =>
  (JSON.parse(readFileSync(`web/src/i18n/words/names/${locale}.json`, 'utf8')) as { channels: Record<string, string> })
    .channels;

describe('the name of a channel', () => {
  it.each(['en', 'fr'] as const)('given one of ours, then it is the same in mails and on pages (%s)', (locale) => {
    expect(Object.keys(webNames(locale))).toHaveLength(5);
    for (const [nameKey, name] of Object.entries(webNames(locale)))
      expect(channelName({ name: nameKey, nameKey }, locale)).toBe(name);
  });

  it('given one that people made, then it is as they named it, even where ours has that name', () => {
    expect(channelName({ name: 'craft-data', nameKey: null }, 'fr')).toBe('craft-data');
    expect(channelName({ name: 'a-new-one', nameKey: 'a-key-to-come' }, 'fr')).toBe('a-new-one');
  });
});
