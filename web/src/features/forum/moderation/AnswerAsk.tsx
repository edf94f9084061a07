import { Button } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Post, Topic } from '../../../../../src/contracts/forums';
import { useMe } from '../../../api/session';
import { askedReply, thanksFor } from './asked-reply';
import classes from './moderation.module.css';

interface AnswerAskProps {
  topic: Topic;
  posts: readonly Post[];
  post: Post;
  onAccept: (post: Post) => void;
}

/** In the reply for which others are thankful: asks who asked whether it is the answer. "Not yet" is kept on this device. */
export function AnswerAsk({ topic, posts, post, onAccept }: AnswerAskProps) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const [later, setLater] = useLocalStorage({ key: `not-yet:${topic.id}`, defaultValue: false });
  const isAsked = topic.author.id === me.id && topic.state !== 'solved' && topic.abilities.accept && !later;
  if (!isAsked || askedReply(posts, me.id)?.id !== post.id) return null;
  return (
    <div className={classes.asked}>
      <span className="grow">{t('moderation.answer.asked', { count: thanksFor(post) })}</span>
      <Button size="sm" onClick={() => onAccept(post)}>
        {t('moderation.answer.yes')}
      </Button>
      <Button size="sm" variant="subtle" onClick={() => setLater(true)}>
        {t('moderation.answer.later')}
      </Button>
    </div>
  );
}
