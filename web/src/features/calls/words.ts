import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../src/contracts/calls/calls';
import { useLocale } from '../../time/clock';
import { zoneWords } from '../../time/format';
import { formatDayOfYear } from '../../time/seldom';
import type { InBoth } from '../../../../src/contracts/calls/forms';
import type { Locale } from '../../api/types';

/** What is said in the language of the page, else in the other one; `lang` of what it is said in. */
export function said(words: InBoth, locale: Locale): { text: string; lang: Locale } {
  const other = locale === 'fr' ? 'en' : 'fr';
  return words[locale].trim() === '' && words[other].trim() !== ''
    ? { text: words[other], lang: other }
    : { text: words[locale], lang: locale };
}

type Timed = Pick<Call, 'state' | 'isOpen' | 'opensAt' | 'closesAt' | 'timeZone'>;

/** Where a call stands for who would answer it. */
export function phaseOf({ state, isOpen, opensAt }: Timed, now: number): 'draft' | 'coming' | 'open' | 'over' {
  if (state === 'draft') return 'draft';
  if (isOpen) return 'open';
  return state === 'published' && opensAt !== null && Date.parse(opensAt) > now ? 'coming' : 'over';
}

/** "Thu 22 Oct 2026, 12:00 (Europe/Paris)": an instant in the zone of its call, which is named. */
export function useCallTime() {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  return (at: string, { timeZone }: Pick<Call, 'timeZone'>) =>
    t('inZone', { at: formatDayOfYear(at, timeZone, locale), zone: zoneWords(timeZone) });
}
