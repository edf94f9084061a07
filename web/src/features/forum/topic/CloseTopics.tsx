import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Topic, TopicSummary } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { Group } from '../../../ui/page/Group';
import { TopicFacts } from './TopicFacts';

/** What lies close to a topic, at its end: where somebody goes on who has not found it here. */
export function CloseTopics({ topic: { id, cohortId } }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const close = useQuery({
    queryKey: keys.in(cohortId, 'topics', 'close', id),
    queryFn: ({ signal }) => api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics/${id}/close`, { signal }),
    select: ({ items }) => items,
  }).data;
  if (!close || close.length === 0) return null;
  return (
    <Group title={t('closeTo')}>
      <ul className="list tight">
        {close.map((one) => (
          <li key={one.id}>
            <div className="grow">
              <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: one.id }}>
                {one.title}
              </Link>
              <TopicFacts topic={one} />
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
