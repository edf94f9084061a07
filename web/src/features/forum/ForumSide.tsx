import { useTranslation } from 'react-i18next';
import type { TopicCounts, TopicSummary } from '../../../../src/contracts/forums';
import { useMe, useMembership } from '../../api/session';
import { Group } from '../../ui/page/Group';
import { SideLinks } from '../finding/SideLinks';
import { FollowForum, useForumLevels } from './FollowForum';
import { useTopics } from './forum';
import classes from './forum.module.css';
import { Link } from '@tanstack/react-router';

const MAX_TAGS = 12;

interface ForumSideProps {
  cohortId: string;
  counts: TopicCounts | undefined;
  tag: string | undefined;
  onTag: (tag: string | undefined) => void;
}

/** Beside the list: what I may know, the tags, how closely I follow, and what happens to a question that waits. */
export function ForumSide({ cohortId, counts, tag, onTag }: ForumSideProps) {
  const { t } = useTranslation('forum');
  const waiting = useTopics(cohortId, { tab: 'unanswered' }, 50);
  const levels = useForumLevels(cohortId);
  const isStaff = useMembership()?.role === 'staff';
  // All of it at once, so that nothing is pushed down.
  if (!counts || waiting.isPending || levels.isPending) return <aside className="side" />;
  return (
    <aside className="side">
      <YouMayKnow cohortId={cohortId} waiting={waiting.data?.pages[0]?.items ?? []} />
      {counts.tags.length > 0 && (
        <Group title={t('tags')} className="">
          <p className={classes.tags}>
            {counts.tags.slice(0, MAX_TAGS).map((one) => (
              <button
                key={one.tag}
                type="button"
                aria-pressed={one.tag === tag}
                onClick={() => onTag(one.tag === tag ? undefined : one.tag)}
              >
                <span className="tag">{one.tag}</span>
                <span className="num">{one.topics}</span>
              </button>
            ))}
          </p>
        </Group>
      )}
      {levels.data && <FollowForum cohortId={cohortId} levels={levels.data} tag={tag} onTag={onTag} />}
      <Group title={t('nobodyWaits.title')} className="">
        <p className="t2 mt8">{t('nobodyWaits.body')}</p>
      </Group>
      <p className="mt16">
        <Link className="link" to="/c/$cohortId/forum/rules" params={{ cohortId }}>
          {t('rulesPage')}
        </Link>
      </p>
      {isStaff && (
        <>
          <p className="mt16">
            <Link className="link" to="/c/$cohortId/forum/flags" params={{ cohortId }}>
              {t('flagsPage')}
            </Link>
          </p>
          <p className="mt16">
            <Link className="link" to="/c/$cohortId/forum/settings" params={{ cohortId }}>
              {t('settingsPage')}
            </Link>
          </p>
        </>
      )}
      <SideLinks cohortId={cohortId} tags={counts.tags.map((one) => one.tag)} />
      <p className="mt16">
        <Link className="link" to="/c/$cohortId/forum/deleted" params={{ cohortId }}>
          {t('deletedTopics.title')}
        </Link>
      </p>
    </aside>
  );
}

/** Unanswered topics whose tag is something I give. */
function YouMayKnow({ cohortId, waiting }: { cohortId: string; waiting: readonly TopicSummary[] }) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const gives = new Set(me.gives.map(asTag));
  const known = waiting.filter((topic) => topic.author.id !== me.id && topic.tags.some((tag) => gives.has(tag)));
  if (known.length === 0) return null;
  return (
    <Group title={t('mayKnow')} count={known.length} className="">
      <ul className="list tight">
        {known.slice(0, 3).map((topic) => (
          <li key={topic.id}>
            <div className="grow">
              <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: topic.id }}>
                {topic.title}
              </Link>
              <div className="t2">{t('youGive', { tag: topic.tags.find((tag) => gives.has(tag)) })}</div>
            </div>
          </li>
        ))}
      </ul>
    </Group>
  );
}

const asTag = (words: string) => words.toLowerCase().trim().replace(/\s+/g, '-');
