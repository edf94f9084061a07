import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useLocale, useNow } from '../../time/clock';
import { formatTime } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { byDay, startOf, useAgenda } from '../agenda/agenda';
import { iconOf } from '../agenda/names';
import { CalEvent } from './CalEvent';
import { daysFrom, lanesOf, minutesInto, mondayOf } from './calendar';
import classes from './calendar.module.css';
import { DayList } from './DayList';
import { Key } from './Key';
import { useDayWords } from './titles';
import { useDay } from './useDrag';
import type { ViewProps } from './view';

const HOUR_PX = 52;
const FIRST_HOUR = 9;
const LAST_HOUR = 19;
const LEAST_PX = 22;
/** Room for the hours on one line and the title on the next; what is shorter has its beginning and title on one. */
const TWO_LINES_PX = 40;

/** Seven days by the hour; on a phone a row of days and the agenda of one. */
export function WeekView({ cohortId, scope, day, zone, today, onDay }: ViewProps) {
  const { t } = useTranslation('calendar');
  const words = useDayWords();
  const now = useNow();
  const week = daysFrom(mondayOf(day), 7);
  const first = week[0] ?? day;
  const agenda = useAgenda(scope, cohortId, startOf(first, zone), startOf(first.add({ days: 7 }), zone));
  const days = byDay(agenda.data ?? [], zone);
  const timed = (one: Temporal.PlainDate) => (days.get(one.toString()) ?? []).filter((item) => item.on === null);
  const whole = (one: Temporal.PlainDate) => (days.get(one.toString()) ?? []).filter((item) => item.on !== null);
  const hours = hoursOf(week, timed, zone);

  return (
    <>
      {agenda.isError && (
        <div className="mt16">
          <ProblemAlert error={agenda.error} onRetry={() => void agenda.refetch()} />
        </div>
      )}
      <nav className={classes.pick} aria-label={t('daysOfWeek')}>
        {week.map((one) => (
          <button
            key={String(one)}
            type="button"
            aria-current={one.equals(day) ? 'date' : undefined}
            onClick={() => onDay(one)}
          >
            {words.short(one)}
            <b>{one.day}</b>
            <span className={classes.pickMarks} aria-hidden="true">
              {(days.get(one.toString()) ?? []).slice(0, 2).map((item) => (
                <Icon key={`${item.kind}-${item.id}`} of={iconOf(item)} size={14} />
              ))}
            </span>
          </button>
        ))}
      </nav>
      <div className={`only-wide ${classes.week}`} data-weekend={week.slice(5).some((one) => days.has(one.toString()))}>
        <span />
        {week.map((one) => (
          <div key={String(one)} className={classes.weekHead} data-today={one.equals(today)}>
            {words.short(one)}
            <b>{one.day}</b>
          </div>
        ))}
        <div className={classes.hourWord}>{t('allDay')}</div>
        {week.map((one) => (
          <div key={String(one)} className={classes.whole} data-weekend={one.dayOfWeek > 5}>
            {whole(one).map((item) => (
              <CalEvent key={item.id} item={item} zone={zone} />
            ))}
          </div>
        ))}
        <Hours from={hours.from} to={hours.to} zone={zone} now={week.some((one) => one.equals(today)) ? now : null} />
        {week.map((one) => (
          <DayColumn
            key={String(one)}
            day={one}
            items={timed(one)}
            zone={zone}
            hours={hours}
            now={one.equals(today) ? now : null}
          />
        ))}
      </div>
      <Key withOthers={scope === 'cohort'} />
      <div className={`only-phone ${classes.below}`}>
        <DayList items={days.get(day.toString()) ?? []} day={day} zone={zone} />
      </div>
    </>
  );
}

interface HourSpan {
  from: number;
  to: number;
}

/** Office hours, and as much before and after as the week has entries. */
function hoursOf(
  week: readonly Temporal.PlainDate[],
  timed: (day: Temporal.PlainDate) => AgendaItem[],
  zone: string,
): HourSpan {
  const spans = week.flatMap((day) =>
    timed(day).map((item) => [minutesInto(item.startsAt, day, zone), minutesInto(item.endsAt, day, zone)] as const),
  );
  return {
    from: Math.min(FIRST_HOUR, ...spans.map(([start]) => Math.floor(start / 60))),
    to: Math.max(LAST_HOUR, ...spans.map(([, end]) => Math.ceil(end / 60))),
  };
}

const topOf = (minutes: number, { from }: HourSpan) => ((minutes - from * 60) / 60) * HOUR_PX;

function minutesNow(now: number, zone: string): number {
  const at = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  return at.hour * 60 + at.minute;
}

function Hours({ from, to, zone, now }: HourSpan & { zone: string; now: number | null }) {
  const locale = useLocale();
  const minutes = now === null ? null : minutesNow(now, zone);
  const shown = minutes !== null && minutes >= from * 60 && minutes <= to * 60;
  return (
    <div className={classes.hours} style={{ height: (to - from) * HOUR_PX }} aria-hidden="true">
      {Array.from({ length: to - from - 1 }, (_, index) => from + index + 1)
        .filter((hour) => !shown || Math.abs(hour * 60 - minutes) > 15)
        .map((hour) => (
          <span key={hour} style={{ top: (hour - from) * HOUR_PX }}>
            {String(hour).padStart(2, '0')}:00
          </span>
        ))}
      {shown && now !== null && (
        <span className={classes.nowWord} style={{ top: topOf(minutes, { from, to }) }}>
          {formatTime(new Date(now).toISOString(), zone, locale)}
        </span>
      )}
    </div>
  );
}

/** Where an entry would come to rest, with its time. */
function Landing({ over: { item, minutes }, hours }: { over: { item: AgendaItem; minutes: number }; hours: HourSpan }) {
  const length = (Date.parse(item.endsAt) - Date.parse(item.startsAt)) / 60_000;
  const two = (part: number) => String(part).padStart(2, '0');
  return (
    <span
      className={classes.landing}
      style={{ top: topOf(minutes, hours), height: Math.max((length / 60) * HOUR_PX, LEAST_PX) }}
    >
      {two(Math.floor(minutes / 60))}:{two(minutes % 60)}
    </span>
  );
}

function DayColumn({
  day,
  items,
  zone,
  hours,
  now,
}: {
  day: Temporal.PlainDate;
  items: AgendaItem[];
  zone: string;
  hours: HourSpan;
  now: number | null;
}) {
  const minutes = now === null ? null : minutesNow(now, zone);
  const { ref, over } = useDay<HTMLDivElement>(day, zone, (top) => hours.from * 60 + (top / HOUR_PX) * 60);
  return (
    <div
      ref={ref}
      className={classes.column}
      data-over={over !== null}
      data-weekend={day.dayOfWeek > 5}
      style={{ height: (hours.to - hours.from) * HOUR_PX }}
    >
      {minutes !== null && minutes >= hours.from * 60 && minutes <= hours.to * 60 && (
        <span className={classes.now} style={{ top: topOf(minutes, hours) }} />
      )}
      {over && <Landing over={over} hours={hours} />}
      {lanesOf(items).map(({ item, lane, lanes }) => {
        const top = topOf(minutesInto(item.startsAt, day, zone), hours);
        const bottom = topOf(minutesInto(item.endsAt, day, zone), hours);
        return (
          <CalEvent
            key={`${item.kind}-${item.id}`}
            item={item}
            zone={zone}
            range={bottom - top >= TWO_LINES_PX}
            style={{
              position: 'absolute',
              top: top + 1,
              height: Math.max(bottom - top - 2, LEAST_PX),
              left: `calc(${(lane / lanes) * 100}% + 3px)`,
              width: `calc(${100 / lanes}% - 6px)`,
            }}
          />
        );
      })}
    </div>
  );
}
