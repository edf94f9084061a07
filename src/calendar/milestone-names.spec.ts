import { readFileSync } from 'node:fs';
import { milestoneName } from './milestone-names.js';

const webNames = (locale: 'en' | 'fr') =>
  (
    JSON.parse(readFileSync(`web/src/i18n/words/names/${locale}.json`, 'utf8')) as {
      milestones: Record<string, string>;
    }
  ).milestones;

describe('the name of a milestone', () => {
  it.each(['en', 'fr'] as const)('is the same in feeds and on pages (%s)', (locale) => {
    for (const [titleKey, name] of Object.entries(webNames(locale))) {
      expect(milestoneName({ titleKey, title: null }, locale)).toBe(name);
    }
    expect(Object.keys(webNames(locale)).length).toBeGreaterThan(5);
  });

  it('is its own title where it has one', () => {
    expect(milestoneName({ titleKey: 'welcome', title: 'Our days' }, 'fr')).toBe('Our days');
  });
});
