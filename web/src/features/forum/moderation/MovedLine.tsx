import { IconArrowsExchange } from '@tabler/icons-react';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import { When } from '../../../ui/times/When';
import { numberOf } from '../topic/read-posts';
import classes from './moderation.module.css';
import type { MovedRun } from './moved-runs';

/** Where replies stood that are in another topic now. An address of one of them leads on to it. */
export function MovedLine({ run, cohortId }: { run: MovedRun; cohortId: string }) {
  const { t } = useTranslation('forum');
  const { posts, moved } = run;
  const { topic } = moved;
  const wanted = numberOf(useLocation({ select: ({ hash }) => hash }));
  const there = posts.find(({ number }) => number === wanted)?.moved?.topic;
  const navigate = useNavigate();
  const [topicId, number] = [there?.id, there?.number];
  useEffect(() => {
    if (topicId === undefined) return;
    const to = { to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId } } as const;
    void navigate({ ...to, hash: `post-${number}`, replace: true });
  }, [topicId, number, cohortId, navigate]);
  return (
    <p id={`post-${posts[0].number}`} className={classes.line} tabIndex={-1}>
      <Icon of={IconArrowsExchange} size={16} />
      <span className="grow">
        {t('moderation.moved', { count: posts.length, name: moved.by.name || t('common:formerMember') })}{' '}
        <When at={moved.at} />
      </span>
      {topic && (
        <Link
          className="link"
          to="/c/$cohortId/forum/$topicId"
          params={{ cohortId, topicId: topic.id }}
          hash={`post-${topic.number}`}
        >
          {topic.title}
        </Link>
      )}
    </p>
  );
}
