import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isMissing } from '../../api/problem';
import { useStore } from '../../api/store';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { Empty } from '../../ui/page/Empty';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { type ReviewSaver, useReview } from './queries';

// Beside the file itself, not after it.
const script = () => import('./Reviewing');
const Reviewing = lazyPart(script);
script().catch(() => undefined);

/** A file that I am asked to read, and my review of it. */
export default function ReviewPage() {
  const { reviewId } = useParams({ from: '/reviews/$reviewId' });
  return <Opened key={reviewId} id={reviewId} />;
}

function Opened({ id }: { id: string }) {
  const { saver, error, again } = useReview(id);
  if (saver) return <Still saver={saver} />;
  if (isMissing(error)) return <Gone />;
  return <Opening>{error !== null && <ProblemAlert error={error} ns="reviews" onRetry={again} />}</Opening>;
}

/** In the size of what comes; or what went wrong. */
function Opening({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('reviews');
  return (
    <div className="page">
      <PageHeader title={t('file.one')} />
      <div className="mt16">{children || <RowSkeleton rows={6} />}</div>
    </div>
  );
}

function Still({ saver }: { saver: ReviewSaver }) {
  if (useStore(saver.shown).isGone) return <Gone />;
  return (
    <Part fallback={<Opening />}>
      <Reviewing saver={saver} />
    </Part>
  );
}

/** It is read by somebody else now, or never was mine. */
function Gone() {
  const { t } = useTranslation('reviews');
  return (
    <div className="page">
      <PageHeader title={t('gone.title')} />
      <Empty title={t('gone.body')} act={<ButtonLink to="/reviews">{t('gone.act')}</ButtonLink>} />
    </div>
  );
}
