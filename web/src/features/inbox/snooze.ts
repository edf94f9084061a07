import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../src/common/times/zoned';
import { laterTimes } from '../chat/later/later';

/** A moment at which a notice can come back. */
export interface SnoozeTime {
  key: 'hour' | 'evening' | 'tomorrow' | 'monday';
  at: string;
}

const EVENING = '18:00';

/** In an hour, this evening (where that is later), tomorrow and next Monday in the morning, as the clock on the wall of a zone says. */
export function snoozeTimes(now: number, zone: string): SnoozeTime[] {
  const [hour, ...later] = laterTimes(now, zone);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const evening = instantAt(today.toString(), EVENING, zone).toISOString();
  if (!hour) return later;
  return [hour, ...(evening > hour.at ? [{ key: 'evening', at: evening } as const] : []), ...later];
}
