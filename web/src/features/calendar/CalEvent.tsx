import { VisuallyHidden } from '@mantine/core';
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useLocale, useNow } from '../../time/clock';
import { formatRange, formatTime } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { isMine, phaseOf } from '../agenda/agenda';
import { ItemLink } from '../agenda/ItemLink';
import { iconOf, useItemTitle } from '../agenda/names';
import classes from './calendar.module.css';
import { useHandle, useMayMove } from './useDrag';

const MoveButton = lazyPart(() => import('./MoveButton'));

/** The shape of an entry says its kind, beside its icon; what is not mine is dashed, what waits is ochre. */
export function CalEvent({
  item,
  zone,
  range = false,
  style,
}: {
  item: AgendaItem;
  zone: string;
  range?: boolean;
  style?: CSSProperties;
}) {
  const { t } = useTranslation('agenda');
  const locale = useLocale();
  const now = useNow();
  const titleOf = useItemTitle();
  const waits = item.mine === 'waitlisted';
  const overlaps = item.overlaps.length > 0;
  const words = titleOf(item);
  const mayMove = useMayMove(item);
  const { ref, isHeld } = useHandle<HTMLDivElement>(item);
  return (
    <div
      ref={ref}
      className={classes.event}
      data-movable={mayMove}
      data-held={isHeld}
      data-kind={item.workshopKind === 'standup' ? 'standup' : item.kind}
      data-other={!isMine(item)}
      data-wait={waits}
      data-past={item.kind !== 'milestone' && phaseOf(item, now) === 'past'}
      data-cancelled={item.status === 'cancelled'}
      data-range={range}
      style={style}
    >
      <ItemLink item={item} title={words} draggable={mayMove ? false : undefined}>
        <Icon of={iconOf(item)} size={14} />{' '}
        {item.on === null && (
          <time dateTime={item.startsAt}>
            {range
              ? formatRange(item.startsAt, item.endsAt, zone, locale)
              : formatTime(item.startsAt, zone, locale)}{' '}
          </time>
        )}
        {waits && (
          <span className={classes.clockIcon}>
            <Icon of={IconClock} size={14} />
          </span>
        )}
        {overlaps && (
          <span className={classes.overlapIcon} title={t('overlaps', { count: item.overlaps.length })}>
            <Icon of={IconAlertCircle} size={14} />
          </span>
        )}{' '}
        <b>{words}</b>
        <VisuallyHidden>
          {item.status === 'cancelled'
            ? `, ${t('cancelled')}`
            : waits
              ? `, ${t('inLine', { position: item.position ?? 1 })}`
              : item.mine === 'going'
                ? `, ${t('going')}`
                : ''}
          {overlaps && `, ${t('overlaps', { count: item.overlaps.length })}`}
        </VisuallyHidden>
      </ItemLink>
      {mayMove && (
        <Part lost="nothing">
          <MoveButton item={item} className={classes.moves} />
        </Part>
      )}
    </div>
  );
}
