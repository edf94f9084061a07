import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../../src/common/times/zoned';

/** A moment that is offered for sending later. */
export interface LaterTime {
  key: 'hour' | 'tomorrow' | 'monday';
  at: string;
}

const MORNING = '09:00';

/** In an hour, tomorrow and next Monday at nine, as the clock on the wall of a zone says; Monday only where it is not tomorrow. */
export function laterTimes(now: number, zone: string): LaterTime[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const toMonday = 8 - today.dayOfWeek;
  const morning = (days: number) => instantAt(today.add({ days }).toString(), MORNING, zone).toISOString();
  return [
    { key: 'hour', at: new Date(now + 3_600_000).toISOString() },
    { key: 'tomorrow', at: morning(1) },
    ...(toMonday > 1 ? [{ key: 'monday', at: morning(toMonday) } as const] : []),
  ];
}

/** The instant of a day and a time in a zone; null when they are none, or past. */
export function laterAt(day: string, time: string, zone: string, now: number): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !/^\d{2}:\d{2}$/.test(time)) return null;
  const at = instantAt(day, time, zone);
  return at.getTime() > now ? at.toISOString() : null;
}
