import { Link } from '@tanstack/react-router';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatTime } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { useScheduled } from './scheduled';
import classes from '../Chat.module.css';

/** Says over the composer what of mine goes out here later. */
export default function ScheduledLine({ channelId }: { channelId: string }) {
  const { t } = useTranslation('chat');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const here = useScheduled().data?.filter((one) => one.kind === 'message' && one.channelId === channelId) ?? [];
  const next = here.find((one) => one.state === 'waiting');
  if (here.length === 0) return null;
  const at = next && { day: formatDayHead(next.dueAt, zone, locale, now), time: formatTime(next.dueAt, zone, locale) };
  return (
    <p className={classes.waits}>
      <Icon of={IconClock} size={14} />{' '}
      {at ? t('later.line', { count: here.length, ...at }) : t('later.lineFailed', { count: here.length })}{' '}
      <Link className="link" to="/catch-up" search={{ tab: 'later' } as never}>
        {t('later.see')}
      </Link>
    </p>
  );
}
