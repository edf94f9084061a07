import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import { laterTimes } from './later';
import { FloatAnchor } from '../composer/FloatAnchor';

interface SendLaterProps {
  onPick: (at: string) => void;
  /** A day and a time of one's own. */
  onChoose: () => void;
  onClose: () => void;
}

/** The moments at which a message can go instead of now. */
export default function SendLater({ onPick, onChoose, onClose }: SendLaterProps) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  return (
    <Menu
      opened
      onChange={onClose}
      position="top-end"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      shadow="md"
      returnFocus={false}
    >
      <Menu.Target>
        <FloatAnchor />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('later.title')}>
        <Menu.Label>{t('later.title')}</Menu.Label>
        {laterTimes(now, zone).map(({ key, at }) => (
          <Menu.Item
            key={key}
            rightSection={
              <span className="xs t3">{`${formatShortDay(at, zone, locale)}, ${formatTime(at, zone, locale)}`}</span>
            }
            onClick={() => onPick(at)}
          >
            {t(`later.${key}`)}
          </Menu.Item>
        ))}
        <Menu.Item onClick={onChoose}>{t('later.choose')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
