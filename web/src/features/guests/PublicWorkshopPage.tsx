import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import {
  IconCalendarPlus,
  IconClock,
  IconMapPin,
  IconStairsUp,
  IconUser,
  IconUsersGroup,
  IconVideo,
} from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicWorkshop } from '../../../../src/contracts/workshops/guests';
import { api } from '../../api/http';
import { listOf } from '../../i18n/list-of';
import { useLocale, useZone } from '../../time/clock';
import { formatAbsolute, formatLongDay, formatRange, zoneWords } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { Panel } from '../../ui/page/Panel';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Notice } from '../../ui/page/State';
import { usePageTitle } from '../../ui/page/title';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { NothingPublic, PublicFrame } from './PublicFrame';
import { RegisterForm } from './RegisterForm';
import classes from './guests.module.css';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));
const MINUTE = 60_000;

/** A workshop as everybody may see it, without a login: what, when, where, places left, and how to come. */
export default function PublicWorkshopPage() {
  const { t } = useTranslation('guests');
  const { slug } = useParams({ from: '/w/$slug' });
  const query = useQuery({
    queryKey: ['public-workshop', slug],
    queryFn: ({ signal }) => api.get<PublicWorkshop>(`/public/workshops/${encodeURIComponent(slug)}`, { signal }),
    // Nobody tells this page what changes: places left are asked for again.
    refetchInterval: MINUTE,
  });
  return (
    <PublicFrame>
      <QueryBoundary
        query={query}
        ns="guests"
        missing={<NothingPublic title={t('page.none')} body={t('page.noneBody')} />}
      >
        {(workshop) => <Shown workshop={workshop} />}
      </QueryBoundary>
    </PublicFrame>
  );
}

function Shown({ workshop }: { workshop: PublicWorkshop }) {
  const { t } = useTranslation('guests');
  const { title, description, status, isOver, cohort } = workshop;
  usePageTitle(title);
  useEffect(() => {
    document.body.dataset.cohort = cohort.color;
  }, [cohort.color]);
  return (
    <div className={classes.body}>
      <div>
        <p className="t2">{t('page.by', { kind: t(`kind.${workshop.kind}`), cohort: cohort.name })}</p>
        <h1>{title}</h1>
        <Facts workshop={workshop} />
        {status === 'published' && !isOver && (
          <p className="mt12">
            <Button
              component="a"
              href={`/api/public/workshops/${encodeURIComponent(workshop.slug)}/calendar.ics`}
              download={`${workshop.slug}.ics`}
              leftSection={<Icon of={IconCalendarPlus} size={16} />}
            >
              {t('page.calendar')}
            </Button>
          </p>
        )}
        {status === 'cancelled' && (
          <div className="mt16">
            <Notice tone="alert">{t('page.cancelled')}</Notice>
          </div>
        )}
        {description !== '' && (
          <div className="mt24">
            <Part lost="fallback" fallback={<p className={`measure md ${classes.plainText}`}>{description}</p>}>
              <Markdown source={description} className="measure md" />
            </Part>
          </div>
        )}
      </div>
      {status === 'published' && (
        <Panel title={t('page.comeTitle')}>
          {isOver ? <p className="mt8">{t('page.over')}</p> : <Come workshop={workshop} />}
        </Panel>
      )}
    </div>
  );
}

/** How many places there are, and the way to one. */
function Come({ workshop }: { workshop: PublicWorkshop }) {
  const { t } = useTranslation('guests');
  const [zone, locale] = [useZone(), useLocale()];
  const { left, registration } = workshop;
  const opensAt = registration?.opensAt ? formatAbsolute(registration.opensAt, zone, locale) : '';
  const isOpen = registration?.because === null;
  return (
    <>
      <p className="mt8">
        <b>
          {left.online === null
            ? t('page.left', { count: left.onsite })
            : t('page.leftBoth', { onsite: left.onsite, online: left.online })}
        </b>
      </p>
      {isOpen && left.onsite + (left.online ?? 0) === 0 && <p className="t2 mt4">{t('page.line')}</p>}
      {registration === null && <p className="t2 mt8">{t('page.membersOnly')}</p>}
      {registration && !isOpen && (
        <div className="mt12">
          <Notice>{t([`because.${registration.because ?? ''}`, 'because.other'], { opensAt })}</Notice>
        </div>
      )}
      {registration && isOpen && <RegisterForm workshop={workshop} registration={registration} />}
    </>
  );
}

/** The hour where it takes place, and beside it mine where that is another one. */
function Facts({ workshop }: { workshop: PublicWorkshop }) {
  const { t } = useTranslation('guests');
  const { startsAt, endsAt, timeZone, place, level, isOnline, hosts } = workshop;
  const [mine, locale] = [useZone(), useLocale()];
  const day = formatLongDay(startsAt, timeZone, locale);
  const there = formatRange(startsAt, endsAt, timeZone, locale);
  const here = formatRange(startsAt, endsAt, mine, locale);
  const otherDay = formatLongDay(startsAt, mine, locale);
  return (
    <ul className={classes.facts}>
      <Fact icon={IconClock}>
        <time dateTime={startsAt}>
          <b>{`${day.charAt(0).toLocaleUpperCase()}${day.slice(1)}, ${there}`}</b> {zoneWords(timeZone)}
        </time>
        {(here !== there || otherDay !== day) && (
          <div className="t2">
            {t('page.mine', { range: otherDay === day ? here : `${otherDay}, ${here}`, zone: zoneWords(mine) })}
          </div>
        )}
      </Fact>
      {place && <Fact icon={IconMapPin}>{place}</Fact>}
      {isOnline && <Fact icon={IconVideo}>{t('page.online')}</Fact>}
      {level && <Fact icon={IconStairsUp}>{t('names:level.said', { level: t(`names:level.${level}`) })}</Fact>}
      {hosts.length > 0 && (
        <Fact icon={hosts.length > 1 ? IconUsersGroup : IconUser}>
          {t('page.hosts', { names: listOf(hosts, locale) })}
        </Fact>
      )}
    </ul>
  );
}

function Fact({ icon, children }: { icon: typeof IconClock; children: ReactNode }) {
  return (
    <li>
      <Icon of={icon} />
      <div>{children}</div>
    </li>
  );
}
