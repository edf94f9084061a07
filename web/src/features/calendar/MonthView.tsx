import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import type { Cohort } from '../../../../src/contracts/cohorts/cohorts';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { byDay, startOf, useAgenda } from '../agenda/agenda';
import { iconOf } from '../agenda/names';
import { CalEvent } from './CalEvent';
import { clockChange, mondayOf, residencyWeek, weeksOfMonth } from './calendar';
import classes from './calendar.module.css';
import { DayList } from './DayList';
import { Key } from './Key';
import { useDayWords, useTitles } from './titles';
import { useDay } from './useDrag';
import type { ViewProps } from './view';

const SHOWN = 3;

/** A month in whole weeks, with the weeks of the residency at the left. On a phone: icons, and the chosen day below. */
export function MonthView({ cohort, ...view }: ViewProps & { cohort: Cohort | undefined }) {
  const { t } = useTranslation('calendar');
  const { cohortId, scope, day, zone, today } = view;
  const locale = useLocale();
  const words = useDayWords();
  const titles = useTitles();
  const weeks = weeksOfMonth(day);
  const first = weeks[0]?.[0] ?? day;
  const agenda = useAgenda(scope, cohortId, startOf(first, zone), startOf(first.add({ days: weeks.length * 7 }), zone));
  const days = byDay(agenda.data ?? [], zone);
  const start = cohort && mondayOf(Temporal.PlainDate.from(cohort.startsOn)).toString();

  return (
    <>
      {agenda.isError && (
        <div className="mt16">
          <ProblemAlert error={agenda.error} onRetry={() => void agenda.refetch()} />
        </div>
      )}
      <table className={classes.month} aria-busy={agenda.isPending}>
        <caption>
          <VisuallyHidden>{titles.month(day)}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('week')}</th>
            {weeks[0]?.map((one) => (
              <th key={one.dayOfWeek} scope="col">
                <abbr title={words.long(one)}>{words.short(one)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={String(week[0])}>
              <th scope="row" data-current={week.some((one) => one.equals(today))}>
                {week[0] && residencyWeek(week[0], cohort)}
              </th>
              {week.map((one) => (
                <DayCell key={String(one)} cell={one} items={days.get(one.toString()) ?? []} {...view} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Key withOthers={scope === 'cohort'} note={start && t('weeksFrom', { day: formatDate(start, locale) })} />
      <div className={`only-phone ${classes.below}`}>
        <DayList items={days.get(day.toString()) ?? []} day={day} zone={zone} />
      </div>
    </>
  );
}

function DayCell({
  cell,
  items,
  day,
  today,
  zone,
  onDay,
}: ViewProps & { cell: Temporal.PlainDate; items: AgendaItem[] }) {
  const { t } = useTranslation('calendar');
  const words = useDayWords();
  const phone = useMediaQuery('(max-width: 767px)');
  const change = clockChange(cell, zone);
  const isToday = cell.equals(today);
  const { ref, over } = useDay<HTMLTableCellElement>(cell, zone);
  const rest = items.length - SHOWN;
  return (
    <td
      ref={ref}
      data-over={over !== null}
      aria-current={isToday ? 'date' : undefined}
      data-today={isToday}
      data-past={Temporal.PlainDate.compare(cell, today) < 0}
      data-out={cell.month !== day.month}
      data-chosen={cell.equals(day)}
    >
      <button type="button" className={classes.date} onClick={() => onDay(cell, phone ? undefined : 'list')}>
        {cell.day}
        <VisuallyHidden>
          {' '}
          {words.full(cell)}, {t('entries', { count: items.length })}
        </VisuallyHidden>
      </button>
      {cell.month !== day.month && <span className={classes.off}>{words.month(cell)}</span>}
      <ul className="only-wide">
        {items.slice(0, rest === 1 ? SHOWN + 1 : SHOWN).map((item) => (
          <li key={`${item.kind}-${item.id}`}>
            <CalEvent item={item} zone={zone} />
          </li>
        ))}
        {rest > 1 && (
          <li>
            <button type="button" className={classes.more} onClick={() => onDay(cell, 'list')}>
              {t('more', { count: rest })}
            </button>
          </li>
        )}
      </ul>
      {change && <span className={`only-wide ${classes.clock}`}>{t(`clocks.${change}`)}</span>}
      <span className={classes.marks} aria-hidden="true">
        {items.slice(0, SHOWN).map((item) => (
          <Icon key={`${item.kind}-${item.id}`} of={iconOf(item)} size={14} />
        ))}
      </span>
    </td>
  );
}
