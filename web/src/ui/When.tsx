import { Tooltip } from '@mantine/core';
import { useLocale, useNow, useZone } from '../time/clock';
import { formatAbsolute, formatRange, formatRelative } from '../time/format';

interface WhenProps {
  /** An instant, ISO 8601 with Z. */
  at: string;
  /** Shown zone; mine by default. */
  zone?: string;
  className?: string;
}

/** An instant: relative near now, absolute with its zone on hover and focus. */
export function When({ at, zone, className }: WhenProps) {
  const now = useNow();
  const mine = useZone();
  const locale = useLocale();
  const shown = zone ?? mine;
  return (
    <Tooltip label={formatAbsolute(at, shown, locale)}>
      <time dateTime={at} className={className}>
        {formatRelative(at, shown, locale, now)}
      </time>
    </Tooltip>
  );
}

interface TimeRangeProps {
  startsAt: string;
  endsAt: string;
  /** Shown zone; mine by default. */
  zone?: string;
  /** The zone in which the thing was planned: named where its clock differs from mine. */
  plannedIn?: string;
  className?: string;
}

/** "14:00–16:00" in my zone; where the thing was planned in a zone with another clock, my zone is named. */
export function TimeRange({ startsAt, endsAt, zone, plannedIn, className }: TimeRangeProps) {
  const mine = useZone();
  const locale = useLocale();
  const shown = zone ?? mine;
  const range = formatRange(startsAt, endsAt, shown, locale);
  const differs = plannedIn !== undefined && formatRange(startsAt, endsAt, plannedIn, locale) !== range;
  return (
    <Tooltip label={formatAbsolute(startsAt, shown, locale)}>
      <time dateTime={startsAt} className={className}>
        {range}
        {differs && ` ${shown}`}
      </time>
    </Tooltip>
  );
}
