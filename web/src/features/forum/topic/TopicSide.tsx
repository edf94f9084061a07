import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { AvatarRow } from '../../../ui/people/AvatarRow';
import { Group } from '../../../ui/page/Group';
import { useSimilar } from '../forum';
import { writersOf } from './posts';
import { TopicFacts } from './TopicFacts';

/** Beside a topic: who wrote in it, and what lies close to it. */
export function TopicSide({ topic, posts }: { topic: Topic; posts: Post[] }) {
  const { t } = useTranslation('forum');
  const { cohortId } = topic;
  const close = (useSimilar(cohortId, topic.title).data ?? []).filter((one) => one.id !== topic.id).slice(0, 3);
  const writers = writersOf(posts);
  return (
    <aside className="side">
      {writers.length > 0 && (
        <Group title={t('inTopic')} className="">
          <p className="row mt12">
            <AvatarRow people={writers} size={32} max={8} />
          </p>
        </Group>
      )}
      {close.length > 0 && (
        <Group title={t('closeTo')} className="">
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
      )}
    </aside>
  );
}
