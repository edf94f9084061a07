import { useTranslation } from 'react-i18next';
import type { PublicCall } from '../../../../../src/contracts/calls/calls';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { capital, dayOf, zoneWords } from '../../../time/format';
import classes from '../apply.module.css';
import { daysWords, momentIn, said } from './timing';

/** A line of what happens when. `until`: the moment from which it is past. */
export interface Moment {
  key: string;
  time: string;
  dateTime: string;
  /** The same in the zone of the call, where its clock shows another hour. */
  there?: string;
  title: string;
  text?: string;
  until: number;
}

type Dated = Pick<PublicCall, 'opensAt' | 'closesAt' | 'timeZone' | 'dates' | 'cohort'>;

/** What happens when: the call opens, it closes, the days that follow, and the cohort begins. `before`: what stands above them, as that I handed in. */
export function Timeline({ call, before, isOwn = false }: { call: Dated; before?: Moment[]; isOwn?: boolean }) {
  const moments = useMoments(call, isOwn);
  const now = useNow();
  const all = [...(before ?? []), ...moments];
  const current = all.findIndex(({ until }) => until > now);
  return (
    <ol className={classes.timeline}>
      {all.map(({ key, time, dateTime, there, title, text }, at) => (
        <li
          key={key}
          data-state={current === -1 || at < current ? 'past' : at === current ? 'now' : 'next'}
          aria-current={at === current ? 'step' : undefined}
        >
          <span className={classes.knot} aria-hidden="true" />
          <div>
            <time dateTime={dateTime}>{capital(time)}</time>
            {there && <small className="t3 xs">{there}</small>}
          </div>
          <div>
            <b>{title}</b>
            {text && <div className="t2">{text}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** In whose zone the hours are. */
export function ZoneNote() {
  const { t } = useTranslation('apply');
  return <>{t('zone.yours', { zone: zoneWords(useZone()) })}</>;
}

/** "12:00 in Paris", where the clock there shows something else than mine. */
export function useThere(): (instant: string, timeZone: string) => string | undefined {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  return (instant, timeZone) => {
    const there = momentIn(instant, timeZone, locale);
    if (there === momentIn(instant, zone, locale)) return undefined;
    const isSameDay = dayOf(instant, zone).equals(dayOf(instant, timeZone));
    return t('zone.there', {
      time: isSameDay ? there.split(', ').at(-1) : there,
      zone: zoneWords(timeZone).split('/').at(-1),
    });
  };
}

function useMoments({ opensAt, closesAt, timeZone, dates, cohort }: Dated, isOwn: boolean): Moment[] {
  const { t } = useTranslation('apply');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const there = useThere();
  const at = (instant: string) => ({
    ...{ time: momentIn(instant, zone, locale), dateTime: instant, there: there(instant, timeZone) },
    until: Date.parse(instant),
  });
  const isPast = (instant: string) => Date.parse(instant) <= now;
  const days = [...dates].sort((one, other) => one.on.localeCompare(other.on));
  const endOf = (day: string) =>
    Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  return [
    ...(isOwn
      ? []
      : [
          {
            ...at(opensAt),
            key: 'opens',
            title: t(isPast(opensAt) ? 'dates.opened' : 'dates.opens'),
            text: t('dates.opensText'),
          },
        ]),
    {
      ...at(closesAt),
      key: 'closes',
      title: t(isPast(closesAt) ? 'dates.closed' : 'dates.closes'),
      text: isOwn ? t('dates.closesOwn') : t('dates.closesText'),
    },
    ...days.map(({ on, until, title, text }, index) => ({
      ...{ key: `${on}-${index}`, time: daysWords(on, until, locale), dateTime: on },
      ...{ title: said(title, locale), text: said(text, locale), until: endOf(until ?? on) },
    })),
    ...(cohort.startsOn > closesAt.slice(0, 10)
      ? [
          {
            ...{ key: 'starts', time: daysWords(cohort.startsOn, null, locale), dateTime: cohort.startsOn },
            ...{ title: t('dates.starts', { cohort: cohort.name }), until: endOf(cohort.startsOn) },
          },
        ]
      : []),
  ];
}
