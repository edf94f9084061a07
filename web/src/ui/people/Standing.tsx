import { VisuallyHidden } from '@mantine/core';
import { IconClockPause, IconMoon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay, formatTime, isSameDay } from '../../time/format';
import { Icon } from '../Icon';
import classes from './Standing.module.css';
import { useStanding } from './useStanding';

/** Beside a name: the emoji of a status and a moon for who is not to be disturbed; the words are in the title. */
export function StandingMark({ id }: { id: string }) {
  const { t } = useTranslation();
  const { status, quietUntil } = useStanding(id);
  const endOf = useEnd();
  if (!status && !quietUntil) return null;
  const words = status && (status.text || t(status.away ? 'status.away' : 'status.title'));
  return (
    <span className={classes.mark}>
      {status && (
        <span title={[words, endOf(status.until)].filter(Boolean).join(', ')}>
          {status.emoji ? <span aria-hidden="true">{status.emoji}</span> : <Icon of={IconClockPause} size={14} />}
          <VisuallyHidden>{words}</VisuallyHidden>
        </span>
      )}
      {quietUntil && (
        <span title={[t('status.quiet'), endOf(quietUntil)].filter(Boolean).join(', ')}>
          <Icon of={IconMoon} size={14} />
          <VisuallyHidden>{t('status.quiet')}</VisuallyHidden>
        </span>
      )}
    </span>
  );
}

/** In words: what somebody says of themselves, and until when. */
export function StandingLine({ id, className }: { id: string; className?: string }) {
  const { t } = useTranslation();
  const { status, quietUntil } = useStanding(id);
  const endOf = useEnd();
  if (!status && !quietUntil) return null;
  return (
    <p className={`row wrap g16 t2 ${className ?? ''}`}>
      {status && (
        <span className="row g4">
          {status.emoji ? <span aria-hidden="true">{status.emoji}</span> : <Icon of={IconClockPause} size={16} />}
          <span>{status.text || t(status.away ? 'status.away' : 'status.title')}</span>
          {status.until && <span className="t3">{endOf(status.until)}</span>}
        </span>
      )}
      {quietUntil && (
        <span className="row g4">
          <Icon of={IconMoon} size={16} />
          <span>{t('status.quiet')}</span>
          <span className="t3">{endOf(quietUntil)}</span>
        </span>
      )}
    </p>
  );
}

/** "until 14:00", with the day where it is another one; nothing for what stays. */
export function useEnd(): (until: string | null) => string {
  const { t } = useTranslation();
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  return (until) => {
    if (until === null) return '';
    const time = formatTime(until, zone, locale);
    if (isSameDay(until, zone, now)) return t('status.until', { when: time });
    return t('status.untilDay', { when: `${formatShortDay(until, zone, locale, now)}, ${time}` });
  };
}
