import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconArrowBigUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../src/contracts/forums';
import { useMe } from '../../api/session';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/people/PersonName';
import classes from './forum.module.css';
import { TopicMarks } from './moderation/TopicMarks';
import { TopicState } from './TopicState';

/** One topic in a list: votes, question, who asks, replies, what of it is new for me, and where it stands. */
export function TopicRow({ topic, cohortId }: { topic: TopicSummary; cohortId: string }) {
  const { t } = useTranslation('forum');
  const replies = topic.posts - 1;
  const me = useMe();
  const isNew = topic.readNumber === 0 && topic.author.id !== me.id;
  return (
    <li className={classes.topic} data-unread={topic.unread > 0 || undefined}>
      <span className={classes.vote}>
        <Icon of={IconArrowBigUp} size={18} />
        <span aria-hidden="true">{topic.votes}</span>
        <VisuallyHidden>{t('votes', { count: topic.votes })}</VisuallyHidden>
      </span>
      <div className="grow">
        <Link
          className="title md"
          to="/c/$cohortId/forum/$topicId"
          params={{ cohortId, topicId: topic.id }}
          data-topic={topic.id}
        >
          {topic.title}
        </Link>
        <div className="meta">
          <PersonName person={topic.author} you />
          <TopicMarks topic={topic} />
          {topic.kind === 'discussion' && <span>{t('kinds.discussion')}</span>}
          {topic.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </div>
      </div>
      <span className={classes.replies}>
        {replies > 0 && t('replies', { count: replies })}
        {topic.unread > 0 && <small>{isNew ? t('newTopic') : t('new', { count: topic.unread })}</small>}
      </span>
      <span className={classes.state}>
        <TopicState topic={topic} />
      </span>
    </li>
  );
}
