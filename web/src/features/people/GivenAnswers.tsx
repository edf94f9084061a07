import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { GivenAnswers as Answers } from '../../../../src/contracts/forum/thanks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';

/** Whom somebody helped in the forum: each answer by itself, without a number or a rank. */
export function GivenAnswers({ userId, cohortId }: { userId: string; cohortId: string }) {
  const { t } = useTranslation('people');
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'topics', 'answers', userId),
    queryFn: ({ signal }) => api.get<Answers>(`/cohorts/${cohortId}/members/${userId}/answers`, { signal }),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Group title={t('answered')}>
      <ul className="list tight">
        {data.items.map(({ topicId, title, number, asker, at }) => (
          <li key={topicId}>
            <div className="grow">
              <Link
                className="title"
                to="/c/$cohortId/forum/$topicId"
                params={{ cohortId, topicId }}
                hash={`post-${number}`}
              >
                {title}
              </Link>
              <p className="meta">
                <span>
                  {t('askedBy')} <PersonName person={asker} cohortId={cohortId} you />
                </span>
                <When at={at} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}
