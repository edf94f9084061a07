import { dayOf, daysBetween, zonedOf } from '../../common/times/zoned.js';
import type { OnDay } from '../../contracts/workshops/workshop-copies.js';
import { type WallTimes, alongWith } from '../series/series.js';
import { type WorkshopFields, fieldsOf } from '../workshop-fields.js';
import type { WorkshopRow } from '../workshop.schema.js';
import type { TemplateFields } from './workshop-template.schema.js';

const MINUTE = 60_000;

/** The fields of a workshop at another start: of the same exact length, its opening and closing as many days before, at their hour on the wall. */
export function fieldsAt(row: WorkshopRow, startsAt: Date): WorkshopFields {
  const length = row.endsAt.getTime() - row.startsAt.getTime();
  const there: WallTimes = { startsAt, endsAt: new Date(startsAt.getTime() + length), timeZone: row.timeZone };
  return {
    ...fieldsOf(row),
    startsAt: there.startsAt,
    endsAt: there.endsAt,
    opensAt: alongWith(row.opensAt, row, there),
    closesAt: alongWith(row.closesAt, row, there),
  };
}

/** Everything of a workshop but its day: the hour and the length stay, and joining opens and closes so many days from the day. */
export function templateOf(row: WorkshopRow): TemplateFields {
  const { startsAt, endsAt, opensAt, closesAt, hosts, invitedHosts: _, ...rest } = fieldsOf(row);
  const onDay = (instant: Date | null): OnDay | null =>
    instant && {
      days: daysBetween(dayOf(startsAt, row.timeZone), dayOf(instant, row.timeZone)),
      time: wallTimeOf(instant, row.timeZone),
    };
  return {
    ...rest,
    hosts: hosts.map(String),
    startTime: wallTimeOf(startsAt, row.timeZone),
    minutes: (endsAt.getTime() - startsAt.getTime()) / MINUTE,
    opens: onDay(opensAt),
    closes: onDay(closesAt),
  };
}

const wallTimeOf = (instant: Date, timeZone: string) =>
  zonedOf(instant, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
