import { useParams } from '@tanstack/react-router';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useLocale, useNow, useZone } from '../../time/clock';
import { daysAway, formatLongDay, formatRange } from '../../time/format';
import { formatMonth } from '../../time/seldom';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Notice } from '../../ui/page/State';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { Acts } from './Acts';
import { Around, HostedBy } from './Around';
import { MyPlace } from './registrations/MyPlace';
import { useLiveWorkshops, useWorkshop } from './queries';
import { WhoComes } from './registrations/WhoComes';
import { Level, OfSeries, Where } from './WorkshopRow';
import classes from './workshops.module.css';

const CameOfWish = lazyPart(() => import('./registrations/CameOfWish'));
const HowItWas = lazyPart(() => import('./attendance/HowItWas'));
const FollowUps = lazyPart(() => import('../materials/FollowUps'));
const Materials = lazyPart(() => import('../materials/Materials'));
const Minutes = lazyPart(() => import('../materials/Minutes'));
const SeriesDates = lazyPart(() => import('./series/SeriesDates'));
const WhoIsHere = lazyPart(() => import('./attendance/WhoIsHere'));
const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));

/** The list of who is here comes so long before the start. */
const DAY = 86_400_000;

export default function WorkshopPage() {
  const { cohortId, workshopId } = useParams({ from: '/shell/c/$cohortId/workshops/$workshopId' });
  useLiveWorkshops(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={useWorkshop(cohortId, workshopId)} ns="workshops">
        {(workshop) => <Shown key={workshop.id} workshop={workshop} />}
      </QueryBoundary>
    </div>
  );
}

function Shown({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { cohortId, title, status, cancelReason, description, startsAt, mine, abilities } = workshop;
  const isOver = Date.parse(workshop.endsAt) <= now;
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } },
          { label: formatMonth(startsAt, zone, locale) },
        ]}
        lead={<WhenAndWhere workshop={workshop} />}
      >
        <Acts workshop={workshop} />
      </PageHeader>
      {status === 'draft' && (
        <div className="mt16">
          <Notice>{t(`notice.${draftWords(workshop, now)}`)}</Notice>
        </div>
      )}
      {status === 'cancelled' && (
        <div className="mt16">
          <Notice tone="alert">{t('notice.cancelled', { reason: cancelReason ?? '' })}</Notice>
        </div>
      )}
      <div className={classes.page}>
        {status === 'published' && (
          <div className={classes.place}>
            <MyPlace workshop={workshop} />
          </div>
        )}
        <div className={classes.main}>
          {description !== '' && (
            <Part lost="fallback" fallback={<p className={`measure md ${classes.plainText}`}>{description}</p>}>
              <Markdown source={description} className="measure md" />
            </Part>
          )}
          <Part lost="nothing">
            <CameOfWish workshop={workshop} />
          </Part>
          <Part>
            {(abilities.readFeedback || mine?.status === 'attended') && <HowItWas workshop={workshop} />}
            {abilities.takeAttendance && now >= Date.parse(startsAt) - DAY && <WhoIsHere workshop={workshop} />}
          </Part>
          {isOver && <Left workshop={workshop} />}
          {workshop.series && (
            <Part fallback={<RowSkeleton />}>
              <SeriesDates workshop={workshop} />
            </Part>
          )}
          {status !== 'draft' && <WhoComes workshop={workshop} />}
          {!isOver && <Left workshop={workshop} />}
        </div>
        <aside className={`side ${classes.side}`} aria-label={t('side')}>
          <HostedBy workshop={workshop} />
          <Around workshop={workshop} />
        </aside>
      </div>
    </>
  );
}

/** What it leaves behind, and gives to read before. Once it is over it comes before who was there. */
function Left({ workshop }: { workshop: Workshop }) {
  const isKnown = workshop.status === 'published';
  return (
    <Part fallback={<RowSkeleton rows={1} />}>
      {isKnown && <Minutes workshop={workshop} />}
      <Materials workshop={workshop} />
      {isKnown && <FollowUps workshop={workshop} />}
    </Part>
  );
}

/** What a draft waits for: its makers, another day, or the programme team. */
function draftWords({ abilities, startsAt }: Workshop, now: number): 'draft' | 'draftPast' | 'proposed' {
  if (abilities.publish) return 'draft';
  return Date.parse(startsAt) <= now ? 'draftPast' : 'proposed';
}

/** The day and hours in my zone, which is named; the zone of the place too where its clock shows another hour. */
function WhenAndWhere({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { startsAt, endsAt, timeZone } = workshop;
  const range = formatRange(startsAt, endsAt, zone, locale);
  const there = formatRange(startsAt, endsAt, timeZone, locale);
  const away = daysAway(startsAt, zone, now);
  const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(away, 'day');
  const day = formatLongDay(startsAt, zone, locale, now);
  return (
    <div className="meta mt4">
      <span>
        <Icon of={IconClock} size={16} />
        <time dateTime={startsAt}>
          <b className={classes.strong}>{`${day.charAt(0).toLocaleUpperCase()}${day.slice(1)}, ${range}`}</b> {zone}
          {Math.abs(away) < 14 && `, ${near}`}
          {there !== range && ` (${t('there', { range: there, zone: timeZone })})`}
        </time>
      </span>
      <Where workshop={workshop} />
      <Level workshop={workshop} />
      <OfSeries workshop={workshop} />
    </div>
  );
}
