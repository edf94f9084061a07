import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useApplyEvents } from '../../api/socket';
import { useNow } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { PersonName } from '../../ui/people/PersonName';
import { forumEvents } from '../forum/forum';
import { TopicState } from '../forum/TopicState';
import { useFollowUps } from './queries';

/** Questions in the forum that came of a workshop, and the way to ask one. Once it has begun. */
export default function FollowUps({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation(['materials', 'forum']);
  const now = useNow();
  useApplyEvents(forumEvents);
  const topics = useFollowUps(workshop).data ?? [];
  const { cohortId, id, startsAt } = workshop;
  if (topics.length === 0 && Date.parse(startsAt) > now) return null;
  return (
    <Group
      className="mt32"
      title={t('followUps.title')}
      count={topics.length}
      right={
        <ButtonLink size="sm" to="/c/$cohortId/forum/new" params={{ cohortId }} search={{ workshop: id } as never}>
          {t('followUps.ask')}
        </ButtonLink>
      }
    >
      {topics.length === 0 && <p className="t2 mt12">{t('followUps.empty')}</p>}
      <ul className="list tight">
        {topics.map((topic) => (
          <li key={topic.id}>
            <div className="grow">
              <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: topic.id }}>
                {topic.title}
              </Link>
              <div className="meta">
                <PersonName person={topic.author} you />
              </div>
            </div>
            <TopicState topic={topic} />
          </li>
        ))}
      </ul>
    </Group>
  );
}
