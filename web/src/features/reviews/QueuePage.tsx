import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MyReviews } from '../../../../src/contracts/selection/reviews';
import { useLocale } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Notice, State } from '../../ui/page/State';
import { said } from '../apply/call/timing';
import { Due } from './Due';
import { useMyReviews } from './queries';
import { isWaiting, progressOf } from './review';
import classes from './reviews.module.css';
import { ICONS, standingOf } from './states';

type Step = MyReviews['steps'][number];

/** All that I am asked to read, by step: how far I am, until when, and where one goes on. */
export default function QueuePage() {
  const { t } = useTranslation('reviews');
  const query = useMyReviews();
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink to="/reviews/interviews">{t('interviews')}</ButtonLink>
      </PageHeader>
      <QueryBoundary query={query} ns="reviews">
        {({ steps }) =>
          steps.every(({ items }) => items.length === 0) ? (
            <Empty title={t('none.title')}>{t('none.body')}</Empty>
          ) : (
            <div className="measure">
              {steps.map((step) => step.items.length > 0 && <Queue key={step.id} step={step} />)}
            </div>
          )
        }
      </QueryBoundary>
    </div>
  );
}

function Queue({ step }: { step: Step }) {
  const { t } = useTranslation('reviews');
  const locale = useLocale();
  const { done, of } = progressOf(step.items);
  const next = step.items.find((one) => isWaiting(one) && !one.isLater) ?? step.items.find(isWaiting);
  const isOpen = step.state === 'open';
  const title = t('stepOf', { call: said(step.callTitle, locale), number: step.number, step: said(step.name, locale) });
  return (
    <section className="mt24" aria-labelledby={`step-${step.id}`}>
      <div className="group">
        <h2 id={`step-${step.id}`}>{title}</h2>
        <span className="num">{t('progress', { done, of })}</span>
      </div>
      <div className="row wrap between mt12">
        <div className="grow">
          <Due step={step} />
          <Progress className="mt8" size={4} value={of === 0 ? 100 : (done / of) * 100} aria-label={t('progressOf')} />
        </div>
        {isOpen && next && (
          <ButtonLink to="/reviews/$reviewId" params={{ reviewId: next.id }} variant="filled">
            {t(done === 0 ? 'begin' : 'goOn', { number: next.number })}
          </ButtonLink>
        )}
      </div>
      {isOpen && !next && (
        <div className="mt12">
          <Notice tone="ok">{t('allRead')}</Notice>
        </div>
      )}
      <ul className="list tight mt8">
        {step.items.map((item) => {
          const standing = standingOf(item);
          return (
            <li key={item.id} className={classes.item}>
              <Link className="title grow" to="/reviews/$reviewId" params={{ reviewId: item.id }}>
                {item.number}
              </Link>
              <State icon={ICONS[standing]} {...(standing === 'submitted' && { tone: 'ok' as const })}>
                {t(`standings.${standing}`)}
              </State>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
