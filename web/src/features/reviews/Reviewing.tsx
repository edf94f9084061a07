import { Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../../api/store';
import { answersOf } from '../../api/autosave/draft';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { FilePart } from './FilePart';
import { Foot } from './Foot';
import { askMineAgain, keepSummary, type ReviewSaver, useMyReviews } from './queries';
import { isWaiting, lacksOf, nextOf, progressOf, stepOf } from './review';
import { ReviewForm } from './ReviewForm';
import classes from './reviews.module.css';
import { Standing } from './Standing';
import { useReviewActs } from './useReviewActs';
import { useReviewKeys } from './keys/useReviewKeys';

const KeysDialog = lazyPart(() => import('./keys/KeysDialog'));
const ReasonDialog = lazyPart(() => import('./ReasonDialog'));

/** The file at the left and my review of it at the right; on a phone below. */
export default function Reviewing({ saver }: { saver: ReviewSaver }) {
  const { t } = useTranslation('reviews');
  const client = useQueryClient();
  const shown = useStore(saver.shown);
  const { draft } = shown;
  const { review } = draft.server;
  const answers = answersOf(draft);
  const steps = useMyReviews().data?.steps ?? [];
  const step = stepOf(steps, review.id);
  const items = step?.items ?? [];
  const { done, of } = progressOf(items);
  const [asking, setAsking] = useState<'keys' | 'abstain' | 'conflict' | null>(null);
  const acts = useReviewActs(saver, items);
  const canWrite = review.abilities.write && isWaiting(review);
  const lacks = acts.wasTried ? lacksOf(review, answers) : [];
  useReviewKeys({ saver, canWrite, acts, onKeys: () => setAsking('keys') });

  // What became of it, in the list at the left.
  const { id, state, isLater, submittedAt } = review;
  useEffect(() => {
    keepSummary(client, { id, state, isLater, submittedAt });
    // The others of the list may have come into another order, or be somebody else's.
    void askMineAgain(client);
  }, [client, id, state, isLater, submittedAt]);

  return (
    <div className={classes.review}>
      <FilePart review={review} onConflict={canWrite ? () => setAsking('conflict') : undefined} />
      <section id="review" tabIndex={-1} className={classes.mine} aria-labelledby="review-title">
        <div className={classes.mineHead}>
          <h2 id="review-title">{t('mine')}</h2>
          {canWrite && <span className="t3 xs">{t('othersAfter')}</span>}
          {items.length > 0 && (
            <>
              <span className="t2 right nowrap">{t('progress', { done, of })}</span>
              <Progress
                className={classes.progress}
                size={4}
                value={of === 0 ? 100 : (done / of) * 100}
                aria-label={t('progressOf')}
              />
            </>
          )}
        </div>
        <div className={classes.mineBody}>
          <Standing saver={saver} />
          {review.state !== 'conflict' && (
            <ReviewForm saver={saver} answers={answers} lacks={lacks} canWrite={canWrite} />
          )}
          <ProblemAlert error={acts.problem} ns="reviews" />
        </div>
      </section>
      <Foot
        shown={shown}
        canWrite={canWrite}
        acts={acts}
        next={step?.state === 'open' ? nextOf(items, review.id) : undefined}
        onAbstain={() => setAsking('abstain')}
        onKeys={() => setAsking('keys')}
      />
      <Part lost="over">
        {asking === 'keys' && <KeysDialog scale={review.scale.length} onClose={() => setAsking(null)} />}
        {(asking === 'abstain' || asking === 'conflict') && (
          <ReasonDialog
            key={asking}
            why={asking}
            number={review.number}
            onSay={(reason) => acts.give(asking, reason)}
            onClose={() => setAsking(null)}
          />
        )}
      </Part>
    </div>
  );
}
