import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay } from '../../../time/format';
import { Group } from '../../../ui/page/Group';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State } from '../../../ui/page/State';
import { TimeRange } from '../../../ui/times/When';
import { useSessionSeries } from './queries';

/** The others that were booked with it, each with the way to it. */
export default function SeriesOf({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { cohortId, series } = session;
  const all = useSessionSeries(cohortId, series?.id);
  if (!series) return null;
  return (
    <div id="series" className="mt32">
      <Group className="" title={t('repeat.title')} right={t('repeat.every', { weeks: series.weeks })}>
        <QueryBoundary query={all} ns="coaching">
          {({ items }) => (
            <ol className="list tight">
              {items.map(({ id, startsAt, endsAt, status, cancelledLate }) => (
                <li key={id}>
                  <Link
                    className="link grow"
                    to="/c/$cohortId/coaching/sessions/$sessionId"
                    params={{ cohortId, sessionId: id }}
                    aria-current={id === session.id ? 'page' : undefined}
                  >
                    {formatShortDay(startsAt, zone, locale, now)}, <TimeRange startsAt={startsAt} endsAt={endsAt} />
                  </Link>
                  {id === session.id ? (
                    <span className="xs t2">{t('repeat.this')}</span>
                  ) : (
                    status !== 'scheduled' && (
                      <State>{t(cancelledLate ? 'status.cancelled_late' : `status.${status}`)}</State>
                    )
                  )}
                </li>
              ))}
            </ol>
          )}
        </QueryBoundary>
      </Group>
    </div>
  );
}
