import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';
import { Group } from '../../ui/Group';
import classes from './board.module.css';

const TALLEST_PX = 76;

/** How many fellows met a coach in each of the last weeks; the same as a table. */
export function SessionsByWeek({ weeks }: { weeks: Overview['sessionsByWeek'] }) {
  const { t } = useTranslation('board');
  const [asTable, setAsTable] = useState(false);
  return (
    <Group
      title={t('weeks.title')}
      className=""
      right={
        <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'weeks.asChart' : 'weeks.asTable')}
        </button>
      }
    >
      {asTable ? <Table weeks={weeks} /> : <Chart weeks={weeks} />}
    </Group>
  );
}

function Chart({ weeks }: { weeks: Overview['sessionsByWeek'] }) {
  const { t } = useTranslation('board');
  const most = Math.max(1, ...weeks.map(({ fellows }) => fellows));
  const numbers = useWeekNumbers(weeks);
  const words = weeks.map(({ fellows }, index) => `${numbers[index]}: ${fellows}`).join(', ');
  return (
    <>
      <div className={classes.bars} role="img" aria-label={t('weeks.chart', { weeks: words })}>
        {weeks.map(({ weekOf, fellows }, index) => (
          <div key={weekOf} data-now={index === weeks.length - 1}>
            <span className={`xs ${index === weeks.length - 1 ? 'bold' : 't2'}`}>{fellows}</span>
            <i style={{ height: Math.round((fellows / most) * TALLEST_PX) }} />
          </div>
        ))}
      </div>
      <div className={`${classes.labels} xs t3`} aria-hidden="true">
        {weeks.map(({ weekOf }, index) => (
          <span key={weekOf}>
            {index === weeks.length - 1 ? <b>{t('weeks.week', { week: numbers[index] })}</b> : numbers[index]}
          </span>
        ))}
      </div>
    </>
  );
}

function Table({ weeks }: { weeks: Overview['sessionsByWeek'] }) {
  const { t } = useTranslation('board');
  const locale = useLocale();
  const numbers = useWeekNumbers(weeks);
  return (
    <table className={`${classes.table} mt8`}>
      <thead>
        <tr>
          <th scope="col">{t('weeks.weekHead')}</th>
          <th scope="col" className={classes.end}>
            {t('weeks.fellows')}
          </th>
        </tr>
      </thead>
      <tbody>
        {weeks.map(({ weekOf, fellows }, index) => (
          <tr key={weekOf}>
            <td>{t('weeks.row', { week: numbers[index], day: formatDate(weekOf, locale) })}</td>
            <td className={classes.end}>{fellows}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Weeks of the residency, counted from 1. */
function useWeekNumbers(weeks: Overview['sessionsByWeek']): number[] {
  const cohort = useCohort();
  if (!cohort) return weeks.map((_, index) => index + 1);
  const start = Temporal.PlainDate.from(cohort.startsOn);
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  return weeks.map(({ weekOf }) => Math.floor(monday.until(Temporal.PlainDate.from(weekOf)).days / 7) + 1);
}
