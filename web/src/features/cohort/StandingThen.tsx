import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ClosedDaysPreview, StandingThen as Standing } from '../../../../src/contracts/cohorts/closed-days';
import type { Pause } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { listOf } from '../../i18n/list-of';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import classes from './cohort.module.css';

const PAUSE_MS = 300;

interface StandingThenProps {
  cohortId: string;
  pauses: readonly Pause[];
  /** Where it is to be another one. */
  country: string | undefined;
}

/**
 * What stands on the days on which the cohort would be closed, before that is saved: it stays there, and leads to where it can be moved. Silent
 * about pauses that are not said to their end.
 */
export function StandingThen({ cohortId, pauses, country }: StandingThenProps) {
  const { t } = useTranslation('cohort');
  const locale = useLocale();
  const whole = pauses
    .filter(({ from, to }) => from !== '' && from <= to)
    .map((one) => ({ ...one, name: one.name || '…' }));
  const [asked] = useDebouncedValue({ pauses: whole, country, locale }, PAUSE_MS);
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'closed-days', 'preview', asked),
    queryFn: () => api.post<ClosedDaysPreview>(`/cohorts/${cohortId}/closed-days/preview`, asked),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  return (
    <div role="status">
      {data && data.items.length === 0 && <p className="t2">{t('pauses.nothing')}</p>}
      {data && data.items.length > 0 && (
        <div className={classes.moves}>
          <p className="med">{t('pauses.standing', { count: data.items.length + data.more })}</p>
          <p className="t2 mt4">{t('pauses.standingHelp')}</p>
          <ul className={`${classes.days} mt12`}>
            {data.items.map((one) => (
              <li key={one.id}>
                <span className="t2">{formatFullDate(one.closed.on, locale)}</span>
                <span>
                  <What cohortId={cohortId} one={one} />{' '}
                  <span className="t3">{t(`common:closed.${one.closed.kind}`, { name: one.closed.name })}</span>
                </span>
              </li>
            ))}
          </ul>
          {data.more > 0 && <p className="t3 mt8">{t('pauses.more', { count: data.more })}</p>}
        </div>
      )}
    </div>
  );
}

function What({ cohortId, one }: { cohortId: string; one: Standing }) {
  const { t } = useTranslation('cohort');
  const locale = useLocale();
  const names = useNames();
  const { kind, id, title, people } = one;
  if (kind === 'milestone') return <b>{names.milestone(one)}</b>;
  if (kind === 'workshop')
    return (
      <Link className="link" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: id }}>
        {title}
      </Link>
    );
  const who = listOf(
    people.map(({ name }) => name),
    locale,
  );
  return people.length === 0 ? (
    <span>{t('pauses.session', { who: 'none' })}</span>
  ) : (
    <Link className="link" to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId: id }}>
      {t('pauses.session', { who })}
    </Link>
  );
}
