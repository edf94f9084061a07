import { useLocale, useNow, useZone } from '../../time/clock';
import { formatAbsolute, formatRange, formatRelative } from '../../time/format';

interface WhenProps {
  /** An instant, ISO 8601 with Z. */
  at: string;
  /** Shown zone; mine by default. */
  zone?: string;
  className?: string;
}

/** An instant: relative near now, absolute with its zone on hover. The browser's own title: a list may hold hundreds. */
export function When({ at, zone, className }: WhenProps) {
  const now = useNow();
  const mine = useZone();
  const locale = useLocale();
  const shown = zone ?? mine;
  return (
    <time dateTime={at} title={formatAbsolute(at, shown, locale)} className={className}>
      {formatRelative(at, shown, locale, now)}
    </time>
  );
}

/** "New York" of "America/New_York". */
const cityOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

interface TimeRangeProps {
  startsAt: string;
  endsAt: string;
  /** Shown zone; mine by default. */
  zone?: string;
  /** The zone in which the thing was planned: named where its clock differs from mine. */
  plannedIn?: string;
  className?: string;
}

/** "14:00–16:00" in my zone; where the thing was planned in a zone with another clock, my zone is named by its city. */
export function TimeRange({ startsAt, endsAt, zone, plannedIn, className }: TimeRangeProps) {
  const mine = useZone();
  const locale = useLocale();
  const shown = zone ?? mine;
  const range = formatRange(startsAt, endsAt, shown, locale);
  const differs = plannedIn !== undefined && formatRange(startsAt, endsAt, plannedIn, locale) !== range;
  return (
    <time dateTime={startsAt} title={formatAbsolute(startsAt, shown, locale)} className={className}>
      {range}
      {differs && <span className="nowrap"> {cityOf(shown)}</span>}
    </time>
  );
}
