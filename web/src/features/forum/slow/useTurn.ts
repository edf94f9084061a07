import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay, formatTime, isSameDay } from '../../../time/format';

const MINUTE = 60_000;

/** From when on I may reply again in a slow topic, in words; null where I may now. */
export function useTurn({ nextReplyAt }: Pick<Topic, 'nextReplyAt'>): string | null {
  const { t } = useTranslation('forum');
  const [now, zone, locale] = [useNow(), useZone(), useLocale()];
  if (nextReplyAt === null || Date.parse(nextReplyAt) <= now) return null;
  // What is said is true: within that minute it is not yet.
  const said = new Date(Math.ceil(Date.parse(nextReplyAt) / MINUTE) * MINUTE).toISOString();
  const time = formatTime(said, zone, locale);
  return isSameDay(said, zone, now)
    ? t('slow.today', { time })
    : t('slow.later', { time, day: formatShortDay(said, zone, locale, now) });
}
