/**
 * Names as a language lists them: "Inès, Tomasz and you", or with "or" for a `disjunction`. Cordée's English is European: no comma
 * before the last one.
 */
export function listOf(
  names: readonly string[],
  locale: string,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(locale === 'fr' ? 'fr' : 'en-GB', { type }).format(names);
}
