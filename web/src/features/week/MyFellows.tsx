import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CoachFellow } from '../../../../src/contracts/mentoring/mentoring';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { Avatar } from '../../ui/people/Avatar';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';

const SHOWN = 4;

/** A coach's fellows, those not heard of for longest first. */
export function MyFellows({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('week');
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'coaching', 'fellows'),
    queryFn: ({ signal }) => api.get<Page<CoachFellow>>(`/cohorts/${cohortId}/coaches/me/fellows`, { signal }),
  });
  const fellows = data?.items ?? [];
  if (fellows.length === 0) return null;
  return (
    <Group
      title={t('fellows')}
      count={fellows.length}
      className=""
      right={
        <Link className="link" to="/c/$cohortId/coaching/fellows" params={{ cohortId }}>
          {t('allFellows')}
        </Link>
      }
    >
      <ul className="list tight">
        {fellows.slice(0, SHOWN).map(({ person, lastSessionAt, nextSessionAt, openActions }) => (
          <li key={person.id}>
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} withPresence />
            <div className="grow">
              <PersonName person={person} cohortId={cohortId} className="title" />
              <div className="t2">
                {nextSessionAt ? (
                  <>
                    {t('next')} <When at={nextSessionAt} />
                  </>
                ) : lastSessionAt ? (
                  <>
                    {t('last')} <When at={lastSessionAt} />
                  </>
                ) : (
                  t('never')
                )}
                {openActions > 0 && ` · ${t('openActions', { count: openActions })}`}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
