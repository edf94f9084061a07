import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { formatDate } from '../../time/format';
import { Group } from '../../ui/page/Group';
import classes from './board.module.css';

const TALLEST_PX = 76;

/** How many fellows met a coach in each of the last weeks; the same as a table. */
export function SessionsByWeek({ weeks }: { weeks: Overview['sessionsByWeek'] }) {
  const { t } = useTranslation('board');
  const [asTable, setAsTable] = useState(false);
  const begun = useNumbered(weeks);
  return (
    <Group
      title={t('weeks.title')}
      className=""
      right={
        begun.length > 0 && (
          <button type="button" className="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? 'weeks.asChart' : 'weeks.asTable')}
          </button>
        )
      }
    >
      {begun.length === 0 ? (
        <p className="t2 mt12">{t('weeks.none')}</p>
      ) : asTable ? (
        <Table weeks={begun} />
      ) : (
        <Chart weeks={begun} />
      )}
    </Group>
  );
}

type NumberedWeek = Overview['sessionsByWeek'][number] & { week: number };

function Chart({ weeks }: { weeks: NumberedWeek[] }) {
  const { t } = useTranslation('board');
  const most = Math.max(1, ...weeks.map(({ fellows }) => fellows));
  const words = weeks.map(({ fellows, week }) => `${week}: ${fellows}`).join(', ');
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
        {weeks.map(({ weekOf, week }, index) => (
          <span key={weekOf}>{index === weeks.length - 1 ? <b>{t('weeks.week', { week })}</b> : week}</span>
        ))}
      </div>
    </>
  );
}

function Table({ weeks }: { weeks: NumberedWeek[] }) {
  const { t } = useTranslation('board');
  const locale = useLocale();
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
        {weeks.map(({ weekOf, fellows, week }) => (
          <tr key={weekOf}>
            <td>{t('weeks.row', { week, day: formatDate(weekOf, locale) })}</td>
            <td className={classes.end}>{fellows}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The weeks of the residency, counted from 1; those before it began are left out. */
function useNumbered(weeks: Overview['sessionsByWeek']): NumberedWeek[] {
  const cohort = useCohort();
  if (!cohort) return [];
  const start = Temporal.PlainDate.from(cohort.startsOn);
  const monday = start.subtract({ days: start.dayOfWeek - 1 });
  const numberOf = (weekOf: string) => Math.floor(monday.until(Temporal.PlainDate.from(weekOf)).days / 7) + 1;
  return weeks.map((one) => ({ ...one, week: numberOf(one.weekOf) })).filter(({ week }) => week >= 1);
}
