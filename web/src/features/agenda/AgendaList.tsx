import { IconAlertCircle, IconMapPin, IconUsers, IconVideo } from '@tabler/icons-react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useMe } from '../../api/session';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute, formatRelative, formatTime } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { State } from '../../ui/page/State';
import { MoveContext } from '../calendar/moving';
import { phaseOf } from './agenda';
import classes from './agenda.module.css';
import { ItemAct } from './ItemAct';
import { ItemLink } from './ItemLink';
import { iconOf, useItemTitle } from './names';

const MoveButton = lazyPart(() => import('../calendar/MoveButton'));

const SOON = 6 * 3_600_000;

/** The entries of one day on their grey thread: when, what, and the one act or my state. */
export function AgendaList({ items }: { items: readonly AgendaItem[] }) {
  const now = useNow();
  return (
    <ol className={classes.thread}>
      {items.map((item) => (
        <AgendaRow key={`${item.kind}-${item.id}`} item={item} phase={phaseOf(item, now)} />
      ))}
    </ol>
  );
}

function AgendaRow({ item, phase }: { item: AgendaItem; phase: ReturnType<typeof phaseOf> }) {
  const titleOf = useItemTitle();
  const mayMove = useContext(MoveContext) !== null && item.abilities.move;
  return (
    <li data-phase={item.kind === 'milestone' ? 'coming' : phase} data-cancelled={item.status === 'cancelled'}>
      <When item={item} />
      <span className={classes.dot}>
        <Icon of={iconOf(item)} size={18} />
      </span>
      <div className={classes.what}>
        <ItemLink item={item} className="title">
          {titleOf(item)}
        </ItemLink>
        <Facts item={item} phase={phase} />
      </div>
      <div className={classes.act}>
        <ItemAct item={item} phase={phase} />
        {mayMove && (
          <Part lost="nothing">
            <MoveButton item={item} />
          </Part>
        )}
      </div>
    </li>
  );
}

function When({ item }: { item: AgendaItem }) {
  const { t } = useTranslation('agenda');
  const zone = useZone();
  const locale = useLocale();
  if (item.on !== null) return <span className={classes.when}>{t('allDay')}</span>;
  return (
    <time className={classes.when} dateTime={item.startsAt} title={formatAbsolute(item.startsAt, zone, locale)}>
      {formatTime(item.startsAt, zone, locale)}
      <span className={classes.to}>–{formatTime(item.endsAt, zone, locale)}</span>
    </time>
  );
}

/** Place, places, how soon; a thing of another cohort names it. */
function Facts({ item, phase }: { item: AgendaItem; phase: ReturnType<typeof phaseOf> }) {
  const { t } = useTranslation('agenda');
  const me = useMe();
  const now = useNow();
  const zone = useZone();
  const locale = useLocale();
  const places = item.capacity === null || item.going === null ? null : Math.max(0, item.capacity - item.going);
  const until = Date.parse(item.startsAt) - now;
  const cohort = me.memberships.length > 1 && me.memberships.find((one) => one.cohortId === item.cohortId)?.cohortName;
  return (
    <div className="meta">
      {item.kind === 'milestone' && <span>{t('milestone')}</span>}
      {item.place && (
        <span>
          <Icon of={IconMapPin} size={16} />
          {item.place}
        </span>
      )}
      {!item.place && item.link && (
        <span>
          <Icon of={IconVideo} size={16} />
          {t('online')}
        </span>
      )}
      {item.kind === 'workshop' && places !== null && phase !== 'past' && item.status !== 'cancelled' && (
        <span>
          <Icon of={IconUsers} size={16} />
          {t('goingPlaces', { going: item.going, places })}
        </span>
      )}
      {phase === 'now' && item.kind !== 'milestone' && <span>{t('on')}</span>}
      {phase === 'coming' && until < SOON && <span>{formatRelative(item.startsAt, zone, locale, now)}</span>}
      {cohort && <span>{cohort}</span>}
      {item.overlaps.length > 0 && (
        <span>
          <State tone="wait" icon={IconAlertCircle}>
            {t('overlaps', { count: item.overlaps.length })}
          </State>
        </span>
      )}
    </div>
  );
}
