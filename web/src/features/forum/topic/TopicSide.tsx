import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { AvatarRow } from '../../../ui/people/AvatarRow';
import { Group } from '../../../ui/page/Group';
import { useMe, useMembership } from '../../../api/session';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Discussions } from '../../discussions/lazy';
import { writersOf } from './posts';

const AskThem = lazyPart(() => import('../asking/AskThem'));

/** Beside a topic: who may know, and who wrote in it. */
export function TopicSide({ topic, posts }: { topic: Topic; posts: Post[] }) {
  const { t } = useTranslation('forum');
  const writers = writersOf(posts);
  const isStaff = useMembership()?.role === 'staff';
  const myId = useMe().id;
  const waits = topic.kind === 'question' && topic.state !== 'solved' && !topic.closed;
  const isMine = topic.author.id === myId;
  const mayAsk = waits && (isStaff || isMine);
  return (
    <aside className="side">
      {mayAsk && (
        <Part lost="nothing">
          <AskThem cohortId={topic.cohortId} topicId={topic.id} isMine={isMine} />
        </Part>
      )}
      {writers.length > 0 && (
        <Group title={t('inTopic')} className="">
          <p className="row mt12">
            <AvatarRow people={writers} size={32} max={8} />
          </p>
        </Group>
      )}
      <Part lost="nothing">
        <Discussions topic={topic} />
      </Part>
    </aside>
  );
}
