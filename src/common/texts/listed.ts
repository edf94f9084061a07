import type { Locale } from '../../contracts/primitives.js';

/** Names as a language lists them: "Inès, Tomasz and Hanna". Cordée's English is European. */
export function listed(names: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale === 'fr' ? 'fr' : 'en-GB', { type: 'conjunction' }).format(names);
}
