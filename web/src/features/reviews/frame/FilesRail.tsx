import { Link } from '@tanstack/react-router';
import { IconFileText, IconListCheck, IconMessages } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MyReviews, ReviewSummary } from '../../../../../src/contracts/selection/reviews';
import { markOf } from '../../../shell/mark';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { said } from '../../apply/call/timing';
import { progressOf } from '../review';
import classes from '../reviews.module.css';
import { ICONS, standingOf } from '../states';

type Step = MyReviews['steps'][number];

/** At the left of a wide screen: my files by step, each with where it stands, and the call that they answer. */
export function FilesRail({ steps, step }: { steps: readonly Step[]; step: Step | undefined }) {
  const { t } = useTranslation('reviews');
  const locale = useLocale();
  return (
    <aside className={`${classes.rail} only-wide`} aria-label={t('rail')}>
      <div className={classes.head}>
        {step ? (
          <>
            <span className={classes.mark} aria-hidden="true">
              {markOf(step.cohort.name)}
            </span>
            <span className="grow">
              <b className="cut">{step.cohort.name}</b>
              <small className="cut">{said(step.callTitle, locale)}</small>
            </span>
          </>
        ) : (
          <b translate="no">Cordée</b>
        )}
      </div>
      <div className={classes.scroll}>
        <nav className={classes.pages} aria-label={t('pages')}>
          <Link to="/reviews" activeOptions={{ exact: true }} className={classes.nav}>
            <Icon of={IconListCheck} />
            <span className="grow">{t('title')}</span>
          </Link>
          <Link to="/reviews/interviews" className={classes.nav}>
            <Icon of={IconMessages} />
            <span className="grow">{t('interviews')}</span>
          </Link>
          {step && (
            <Link to="/calls/$slug" params={{ slug: step.callSlug }} className={classes.nav}>
              <Icon of={IconFileText} />
              <span className="grow">{t('call')}</span>
            </Link>
          )}
        </nav>
        {steps.map(
          (one) =>
            one.items.length > 0 && (
              <nav key={one.id} aria-label={stepName(one, steps, locale)}>
                <p className={classes.title}>
                  <span className="cut">{stepName(one, steps, locale)}</span>
                  <span>{t('progress', progressOf(one.items))}</span>
                </p>
                <ul className={classes.list}>
                  {one.items.map((item) => (
                    <li key={item.id}>
                      <FileLink item={item} />
                    </li>
                  ))}
                </ul>
              </nav>
            ),
        )}
      </div>
    </aside>
  );
}

/** The name of a step; of jurors of several calls with that of its call. */
function stepName(step: Step, steps: readonly Step[], locale: 'en' | 'fr'): string {
  const isOne = steps.every(({ callSlug }) => callSlug === step.callSlug);
  const name = said(step.name, locale);
  return isOne ? name : `${said(step.callTitle, locale)}, ${name}`;
}

function FileLink({ item }: { item: ReviewSummary }) {
  const { t } = useTranslation('reviews');
  const standing = standingOf(item);
  const isQuiet = standing === 'asked' || standing === 'begun';
  return (
    <Link to="/reviews/$reviewId" params={{ reviewId: item.id }} className={classes.chan} data-standing={standing}>
      <Icon of={ICONS[standing]} size={16} />
      <span className="cut grow">{item.number}</span>
      {isQuiet ? (
        <VisuallyHidden>{t(`standings.${standing}`)}</VisuallyHidden>
      ) : (
        <span className="num">{t(`standings.${standing}`)}</span>
      )}
    </Link>
  );
}
