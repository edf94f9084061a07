import type { Locale } from '../api/types';

/** A score as one reads it: 3.55, in French 3,55. `isSigned`: how far something lies from a mean, +0.37. */
export function formatScore(value: number, locale: Locale, { digits = 2, isSigned = false } = {}): string {
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
    ...(isSigned && { signDisplay: 'exceptZero' }),
  })
    .format(value)
    .replace('-', '\u2212');
}
