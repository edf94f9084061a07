import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '../../api/types';
import { useLocale, useNow } from '../../time/clock';
import { capital, formatLongDay, formatRange } from '../../time/format';
import { Icon } from '../../ui/Icon';
import classes from './interviews.module.css';
import { byDay } from './times';

interface Time {
  id: string;
  startsAt: string;
  endsAt: string;
}

interface TimesProps<T extends Time> {
  times: readonly T[];
  zone: string;
  /** Who has taken it, and how that stands; null where it is free. */
  takenBy: (time: T) => { who: React.ReactNode; name: string; how?: string } | null;
  /** Takes one away; undefined where nobody may. What somebody has taken and has begun stays. */
  onTakeAway: ((time: T) => void) | undefined;
}

/** The times of a panel, day by day: which are free, and who has the others. */
export function Times<T extends Time>({ times, zone, takenBy, onTakeAway }: TimesProps<T>) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const now = useNow();
  return (
    <div className={classes.days}>
      {daysOf(times, zone, locale).map(({ day, named, times: ofDay }) => (
        <div key={day}>
          <h3>{named}</h3>
          <ul className={classes.cells} aria-label={named}>
            {ofDay.map((time) => {
              const taken = takenBy(time);
              const span = formatRange(time.startsAt, time.endsAt, zone, locale);
              return (
                <li key={time.id} className={classes.cell} data-free={taken === null}>
                  <span>
                    <small>{span}</small>
                    {taken ? <b>{taken.who}</b> : <span>{t('times.free')}</span>}
                    {taken?.how && <small>{taken.how}</small>}
                  </span>
                  {onTakeAway && (taken === null || Date.parse(time.startsAt) > now) && (
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      aria-label={t('times.takeAwayNamed', {
                        at: `${named}, ${span}`,
                        who: taken?.name ?? t('times.free'),
                      })}
                      onClick={() => onTakeAway(time)}
                    >
                      <Icon of={IconX} size={16} />
                    </ActionIcon>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </div>
  );
}

const daysOf = <T extends Time>(times: readonly T[], zone: string, locale: Locale) =>
  byDay(times, zone).map(({ day, times: all }) => ({
    ...{ day, times: all },
    named: capital(formatLongDay(all[0]?.startsAt ?? day, zone, locale)),
  }));
