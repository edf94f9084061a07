import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Overview } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Group } from '../../ui/page/Group';
import classes from './week.module.css';

/** Who is left behind, in numbers; the board has the names. */
export function StaffGlance({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('week');
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'overview'),
    queryFn: ({ signal }) => api.get<Overview>(`/cohorts/${cohortId}/overview`, { signal }),
  });
  if (!data) return null;
  const facts = [
    ['neverSignedIn', data.neverSignedIn.length],
    ['withoutSession', data.withoutSession.length],
    ['unanswered', data.unansweredTopics.length],
    ['halfEmpty', data.halfEmptyWorkshops.length],
    ['failed', data.reminders.failed],
  ] as const;
  return (
    <Group
      title={t('glance.title')}
      className=""
      right={
        <Link className="link" to="/c/$cohortId/board" params={{ cohortId }}>
          {t('glance.board')}
        </Link>
      }
    >
      <dl className={classes.facts}>
        {facts.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`glance.${name}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </Group>
  );
}
