import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewSummary } from '../../../../src/contracts/selection/reviews';
import { useLocale, useZone } from '../../time/clock';
import { formatTime } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { goTo } from '../../ui/page/here';
import { State } from '../../ui/page/State';
import type { Shown } from './queries';
import classes from './reviews.module.css';
import type { ReviewActs } from './useReviewActs';

interface FootProps {
  shown: Shown;
  canWrite: boolean;
  acts: ReviewActs;
  /** The next file that waits. */
  next: ReviewSummary | undefined;
  onAbstain: () => void;
  onKeys: () => void;
}

/** What one does with a file, and whether what one wrote is kept; in sight all the time. */
export function Foot({ shown, canWrite, acts, next, onAbstain, onKeys }: FootProps) {
  const { t } = useTranslation('reviews');
  const { review } = shown.draft.server;
  if (!canWrite)
    return (
      <footer className={classes.foot}>
        <div className="row">
          <ButtonLink to="/reviews" variant="subtle">
            {t('back')}
          </ButtonLink>
          {next && (
            <ButtonLink className="right" variant="filled" to="/reviews/$reviewId" params={{ reviewId: next.id }}>
              {t('goOn', { number: next.number })}
            </ButtonLink>
          )}
        </div>
      </footer>
    );
  return (
    <footer className={classes.foot}>
      <div className="row">
        <Button variant="subtle" onClick={acts.skip} rightSection={<kbd aria-hidden="true">S</kbd>}>
          {t(review.isLater ? 'unskip' : 'skip')}
        </Button>
        <Button variant="subtle" onClick={onAbstain}>
          {t('abstain.act')}
        </Button>
        <Button
          className="right"
          variant="filled"
          loading={acts.busy}
          onClick={acts.handIn}
          rightSection={
            <kbd className={classes.onFilled} aria-hidden="true">
              Ctrl ↵
            </kbd>
          }
        >
          {t('saveNext')}
        </Button>
      </div>
      <p className={classes.line}>
        <Kept shown={shown} />
        <a className="link right only-phone" href="#review" onClick={() => goTo('review')}>
          {t('toMine')}
        </a>
        <span className="right only-wide row g8" hidden={shown.saving === 'failing'}>
          <span aria-hidden="true">
            <kbd>↑</kbd> <kbd>↓</kbd> {t('hints.criterion')}
          </span>
          <span aria-hidden="true">
            <kbd>1</kbd>–<kbd>{review.scale.length}</kbd> {t('hints.word')}
          </span>
          <button type="button" className={classes.keys} onClick={onKeys}>
            <kbd>?</kbd> {t('hints.keys')}
          </button>
        </span>
      </p>
    </footer>
  );
}

/** Whether what was written is kept, and since when. To a screen reader it is told once after it was not: each pause of the typing is not worth a word. */
function Kept({ shown: { saving, savedAt, draft } }: { shown: Shown }) {
  const { t } = useTranslation('reviews');
  const [zone, locale] = [useZone(), useLocale()];
  const [told, setTold] = useState('');
  const at = savedAt === null ? draft.server.review.changedAt : new Date(savedAt).toISOString();
  const say = saving === 'failing' ? t('kept.failing') : saving === 'saved' && savedAt !== null ? t('kept.is') : told;
  if (say !== told) setTold(say);
  return (
    <>
      {saving === 'failing' ? (
        <State tone="wait">{t('kept.failing')}</State>
      ) : saving === 'stopped' ? (
        <State tone="alert">{t('kept.stopped')}</State>
      ) : saving !== 'saved' ? (
        <State>{t('kept.saving')}</State>
      ) : (
        at !== null && <State tone="ok">{t('kept.at', { time: formatTime(at, zone, locale) })}</State>
      )}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </>
  );
}
