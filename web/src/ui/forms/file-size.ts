import type { Locale } from '../../api/types';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "734 kB", "2.4 MB"; in French "2,4 Mo". */
export function formatSize(bytes: number, locale: Locale): string {
  const step = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : bytes < 999_500_000 ? 2 : 3;
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit: UNITS[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}
