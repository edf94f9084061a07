import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { snoozeTimes } from './snooze';

interface SnoozeMenuProps {
  /** What it is about, for who hears the page. */
  title: string;
  onPick: (until: string) => void;
  /** A day and a time of one's own. */
  onChoose: () => void;
  onClose: () => void;
  /** The button that it belongs to. */
  children: ReactElement;
}

/** The moments at which a notice can come back. It is open when it comes. */
export default function SnoozeMenu({ title, onPick, onChoose, onClose, children }: SnoozeMenuProps) {
  const { t } = useTranslation('inbox');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      defaultOpened
      withInitialFocusPlaceholder={false}
      onExitTransitionEnd={onClose}
    >
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown aria-label={t('snoozeOf', { title })}>
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
      </Menu.Dropdown>
    </Menu>
  );
}
