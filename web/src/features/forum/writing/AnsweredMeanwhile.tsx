import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { useMe } from '../../../api/session';
import { useEvent } from '../../../api/socket';
import classes from './writing.module.css';
import { answeredSince, lastBefore } from './answered';

interface AnsweredMeanwhileProps {
  topicId: string;
  posts: readonly Post[];
  isWriting: boolean;
  /** It is known what was kept before. */
  isLoaded: boolean;
  /** When what is written was last kept. */
  keptAt: string | null;
}

/** Above the box in which one writes: somebody has answered since one began, and where. Its place is there before there is anything to say. */
export function AnsweredMeanwhile({ topicId, posts, isWriting, isLoaded, keptAt }: AnsweredMeanwhileProps) {
  const { t } = useTranslation('forum');
  const me = useMe();
  const [since, setSince] = useState<number | null>(null);
  /** Of a long topic, the last posts may not be on the page. */
  const [heard, setHeard] = useState(0);
  if (isWriting && isLoaded && since === null) setSince(lastBefore(posts, keptAt));
  if (!isWriting && since !== null) {
    setSince(null);
    setHeard(0);
  }
  useEvent('post.created', (post) => {
    if (post.topicId === topicId && post.authorId !== me.id) setHeard(post.number);
  });
  const answers = since === null ? [] : answeredSince(posts, since, me.id);
  const first = answers[0];
  const isOffPage = since !== null && heard > since && !posts.some(({ number }) => number === heard);
  const number = first?.number ?? (isOffPage ? heard : null);
  const count = answers.length + (isOffPage ? 1 : 0);
  const name = first?.author.name || t('common:formerMember');
  return (
    <p className={classes.meanwhile} role="status">
      {number !== null && (
        <>
          {first ? t('meanwhile.by', { name, others: count - 1 }) : t('meanwhile.somebody')}{' '}
          <Link className="link" to="." hash={`post-${number}`} replace hashScrollIntoView={false}>
            {t('meanwhile.read')}
          </Link>
        </>
      )}
    </p>
  );
}
