import { Link, Outlet, useParams } from '@tanstack/react-router';
import { IconListCheck } from '@tabler/icons-react';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { signedIn } from '../../../api/session';
import { useStore } from '../../../api/store';
import { NoNetwork } from '../../../shell/NoNetwork';
import { PagePending } from '../../../shell/PagePending';
import { ToSignIn } from '../../../shell/ToSignIn';
import { Icon } from '../../../ui/Icon';
import { goTo } from '../../../ui/page/here';
import { AccountMenu } from './AccountMenu';
import { FilesRail } from './FilesRail';
import { useMyReviews } from '../queries';
import { progressOf, stepOf } from '../review';
import classes from '../reviews.module.css';

/** The frame of what a juror reads: their files at the left, and nothing of any cohort. */
export default function ReviewsFrame() {
  const state = useStore(signedIn);
  if (state === 'unknown') return <NoNetwork />;
  return state === 'in' ? <Frame /> : <ToSignIn />;
}

function Frame() {
  const { t } = useTranslation('reviews');
  const { reviewId } = useParams({ strict: false });
  const steps = useMyReviews().data?.steps ?? [];
  const step = stepOf(steps, reviewId);
  const colour = step?.cohort.color ?? 'lac';
  useEffect(() => {
    document.body.dataset.cohort = colour;
  }, [colour]);
  return (
    <>
      <a className={classes.skip} href="#main" onClick={() => goTo('main')}>
        {t('common:skip')}
      </a>
      <div className={classes.frame}>
        <FilesRail steps={steps} step={step} />
        <div className={classes.col}>
          <header className={classes.top}>
            <Link to="/reviews" className={`only-phone row ${classes.home}`}>
              <Icon of={IconListCheck} size={20} />
              <b>{t('title')}</b>
              {step && <span className="t2">{t('progress', progressOf(step.items))}</span>}
            </Link>
            <span className="right">
              <AccountMenu />
            </span>
          </header>
          <main id="main" tabIndex={-1} className={classes.main}>
            <Suspense fallback={<PagePending />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </div>
    </>
  );
}
