import { Button, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  IconFileText,
  IconMapPin,
  IconPencil,
  IconRepeat,
  IconStairsUp,
  IconUser,
  IconVideo,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { useMe } from '../../api/session';
import { useLocale, useNow, useZone } from '../../time/clock';
import { daysAway, formatShortDay } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { State } from '../../ui/page/State';
import { TimeRange } from '../../ui/times/When';
import { expected, placesLeft, placesOf } from './registrations/registration';
import { useRegistration } from './registrations/useRegistration';
import classes from './workshops.module.css';

/** One workshop of a list: when, what, how many places are left, and my state or the one act. */
export function WorkshopRow({ workshop }: { workshop: Workshop }) {
  const { cohortId, id } = workshop;
  const past = Date.parse(workshop.endsAt) <= useNow();
  return (
    <li className={`${classes.row} ${workshop.status === 'cancelled' ? classes.gone : ''}`}>
      <Day workshop={workshop} />
      <div className="grow">
        <Link className="title" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: id }}>
          {workshop.title}
        </Link>
        <Facts workshop={workshop} />
      </div>
      {workshop.status === 'published' && !past && <Places workshop={workshop} />}
      <span className={classes.act}>{past ? <Afterwards workshop={workshop} /> : <Mine workshop={workshop} />}</span>
    </li>
  );
}

function Day({ workshop: { startsAt, endsAt, timeZone } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const today = daysAway(startsAt, zone, now) === 0;
  return (
    <span className={classes.time}>
      <b>{today ? t('today') : formatShortDay(startsAt, zone, locale, now)}</b>
      <TimeRange className="t2" startsAt={startsAt} endsAt={endsAt} plannedIn={timeZone} />
    </span>
  );
}

function Facts({ workshop }: { workshop: Workshop }) {
  return (
    <div className="meta">
      <OfSeries workshop={workshop} />
      <Where workshop={workshop} />
      <Level workshop={workshop} />
      {workshop.people.length > 0 && (
        <span>
          <Icon of={IconUser} size={16} />
          {workshop.people.map((person) => person.name).join(', ')}
        </span>
      )}
      {workshop.tags.map((tag) => (
        <span key={tag}>
          <span className="tag">{tag}</span>
        </span>
      ))}
    </div>
  );
}

/** Which date of its series it is. */
export function OfSeries({ workshop: { series } }: { workshop: Pick<Workshop, 'series'> }) {
  const { t } = useTranslation('workshops');
  if (!series) return null;
  return (
    <span>
      <Icon of={IconRepeat} size={16} />
      {t('series.place', { index: series.index, count: series.count })}
    </span>
  );
}

/** For whom it is made; nothing where nobody said. */
export function Level({ workshop: { level } }: { workshop: Pick<Workshop, 'level'> }) {
  const { t } = useTranslation('names');
  if (!level) return null;
  return (
    <span>
      <Icon of={IconStairsUp} size={16} />
      <VisuallyHidden>{t('level.label')}</VisuallyHidden> {t(`level.${level}`)}
    </span>
  );
}

/** The room, or on line, or both; nothing where neither is known yet. */
export function Where({ workshop: { place, isOnline, onlineCapacity } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const online = isOnline || onlineCapacity !== null;
  if (!place && !online) return null;
  return (
    <span>
      <Icon of={online ? IconVideo : IconMapPin} size={16} />
      {place && online ? t('where.both', { place }) : (place ?? t('where.online'))}
    </span>
  );
}

function Places({ workshop }: { workshop: Workshop }) {
  const all = placesOf(workshop);
  const full = placesLeft(workshop) === 0;
  return (
    <span className={classes.places}>
      <span className={classes.bar} data-full={full} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (workshop.going / all) * 100)}%` }} />
      </span>
      <span className="t2">
        <PlacesWords workshop={workshop} />
      </span>
    </span>
  );
}

/** How many places are left, in each way to take part. */
export function PlacesWords({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const left = placesLeft(workshop);
  if (left === 0) return t('places.full', { count: workshop.waitlisted });
  if (workshop.onlineCapacity === null) return t('places.left', { left, all: placesOf(workshop) });
  return t('places.both', { onsite: placesLeft(workshop, 'onsite'), online: placesLeft(workshop, 'online') });
}

/** My state in it, else the one act. */
export function Mine({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const me = useMe();
  const { join } = useRegistration(workshop);
  const now = useNow();
  const { status, mine, abilities, hosts, title } = workshop;
  if (status === 'cancelled') return <State tone="alert">{t('state.cancelled')}</State>;
  if (status === 'draft') return <State icon={IconPencil}>{t('state.draft')}</State>;
  if (mine?.status === 'waitlisted') {
    return <State tone="wait">{t('state.waitlisted', { position: mine.position ?? 1 })}</State>;
  }
  if (mine?.status === 'offered') return <State tone="wait">{t('state.offered')}</State>;
  if (mine) return <State tone="ok">{t(`state.${mine.status}`)}</State>;
  if (hosts.includes(me.id)) return <State icon={IconUser}>{t('state.hosting')}</State>;
  if (!abilities.join) return <State>{t(closedWords(workshop, now))}</State>;
  const waits = expected(workshop).status === 'waitlisted';
  return (
    <Button aria-label={t(waits ? 'join.lineNamed' : 'join.named', { title })} onClick={() => void join()}>
      {t(waits ? 'join.wait' : 'join.act')}
    </Button>
  );
}

/** Why one cannot join now. */
function closedWords({ startsAt, opensAt, closesAt }: Workshop, now: number) {
  if (Date.parse(startsAt) <= now) return 'state.running';
  if (opensAt && Date.parse(opensAt) > now) return 'state.notYet';
  return closesAt && Date.parse(closesAt) <= now ? 'state.closed' : 'state.notForYou';
}

function Afterwards({ workshop: { status, mine, materials, addedMaterials } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  if (status === 'cancelled') return <State tone="alert">{t('state.cancelled')}</State>;
  const count = materials.length + addedMaterials;
  if (count > 0) return <State icon={IconFileText}>{t('materials.count', { count })}</State>;
  return mine?.status === 'attended' ? <State tone="ok">{t('state.attended')}</State> : null;
}
