import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PostFlag } from '../../../../src/contracts/forums';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { PersonName } from '../../ui/people/PersonName';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { When } from '../../ui/times/When';
import classes from './reports.module.css';

/** Posts of the forum that somebody asked the programme team to look at, as they were then. */
export function FlaggedPosts({ flags, cohortId }: { flags: readonly PostFlag[]; cohortId: string }) {
  const { t } = useTranslation('reports');
  if (flags.length === 0) return null;
  return (
    <section className="mt24">
      <h2>{t('posts.title')}</h2>
      <ul>
        {flags.map((flag) => (
          <FlaggedPost key={flag.id} flag={flag} cohortId={cohortId} />
        ))}
      </ul>
    </section>
  );
}

function FlaggedPost({ flag, cohortId }: { flag: PostFlag; cohortId: string }) {
  const { t } = useTranslation('reports');
  const client = useQueryClient();
  const problemText = useProblemText('reports');
  const [isBusy, setBusy] = useState(false);
  const { post, topicId } = flag;
  const done = async () => {
    setBusy(true);
    try {
      await api.delete(`/cohorts/${cohortId}/flags/${flag.id}`);
    } catch (error) {
      toastProblem(problemText(error));
    }
    await client.invalidateQueries({ queryKey: keys.in(cohortId, 'topics', 'flags') });
    setBusy(false);
  };
  return (
    <li className={classes.report}>
      <div className="row wrap">
        <b>
          <PersonName person={post.author} cohortId={cohortId} />
        </b>
        {post.state === 'deleted' ? (
          <span className="t2">{flag.topicTitle}</span>
        ) : (
          <Link
            className="link"
            to="/c/$cohortId/forum/$topicId"
            params={{ cohortId, topicId }}
            hash={`post-${post.number}`}
          >
            {flag.topicTitle}
          </Link>
        )}
      </div>
      <blockquote className={classes.quote}>
        <p className="t3 xs">{t('asReported')}</p>
        <p className={`mt4 ${classes.text}`}>{flag.text || t('noText')}</p>
      </blockquote>
      {post.state !== 'same' && <p className="t2">{t(`posts.${post.state}`)}</p>}
      <p className={classes.text}>{flag.reason}</p>
      <p className="t3 xs mt4">
        {t('by')} <PersonName person={flag.by} cohortId={cohortId} />, <When at={flag.createdAt} />
      </p>
      <Button className="mt12" size="sm" loading={isBusy} onClick={() => void done()}>
        {t('posts.done')}
      </Button>
    </li>
  );
}
