import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../api/types';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import type { Move } from '../places';
import { snoozeTimes } from '../snooze';
import { WhyItems } from './Why';

interface EntryMenuProps {
  notice: Notification;
  move: (to: Move) => void;
  /** A day and a time of one's own. */
  onChoose: () => void;
  onClose: () => void;
  /** The button that it belongs to. */
  children: ReactElement;
}

/** The moments at which an entry can come back, and what changes that such notices come. It is open when it comes. */
export default function EntryMenu({ notice, move, onChoose, onClose, children }: EntryMenuProps) {
  const { t } = useTranslation('inbox');
  const { title, place } = notice;
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      defaultOpened
      withInitialFocusPlaceholder={false}
      onExitTransitionEnd={onClose}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={t('actsOf', { title })}>
        {place !== 'done' && (
          <>
            <SnoozeItems onPick={(until) => move({ place: 'snoozed', until })} onChoose={onChoose} />
            <Menu.Divider />
          </>
        )}
        <WhyItems notice={notice} />
      </Menu.Dropdown>
    </Menu>
  );
}

function SnoozeItems({ onPick, onChoose }: { onPick: (until: string) => void; onChoose: () => void }) {
  const { t } = useTranslation('inbox');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  return (
    <>
      <Menu.Label>{t('snoozeUntil')}</Menu.Label>
      {snoozeTimes(now, zone).map(({ key, at }) => (
        <Menu.Item
          key={key}
          rightSection={
            <span className="xs t3">{`${formatShortDay(at, zone, locale)}, ${formatTime(at, zone, locale)}`}</span>
          }
          onClick={() => onPick(at)}
        >
          {t(`times.${key}`)}
        </Menu.Item>
      ))}
      <Menu.Item onClick={onChoose}>{t('times.choose')}</Menu.Item>
    </>
  );
}
