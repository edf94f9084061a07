import { createContext } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

/** When something is, as instants. */
export interface Times {
  startsAt: string;
  endsAt: string;
}

/** Asks for another time of an entry; without `to` it is chosen in the dialog. */
export type AskToMove = (item: AgendaItem, to?: Times) => void;

/** How entries are moved where they stand; null where they are not. */
export const MoveContext = createContext<AskToMove | null>(null);

/** On this grid a dragged entry comes to rest, in minutes. */
export const STEP = 15;

/** The minute of a day that lies nearest on the grid, within the day. */
export const onGrid = (minutes: number): number =>
  Math.min(Math.max(Math.round(minutes / STEP) * STEP, 0), 24 * 60 - STEP);

/**
 * An entry on another day of my zone: at the same time on the wall, or at so many minutes of that day; as long as it was. In the spring
 * night a time that is skipped is an hour later, as everywhere.
 */
export function movedTo(item: Times, day: Temporal.PlainDate, minutes: number | null, zone: string): Times {
  const start = Temporal.Instant.from(item.startsAt);
  const plainTime =
    minutes === null
      ? start.toZonedDateTimeISO(zone).toPlainTime()
      : Temporal.PlainTime.from({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
  const next = day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
  const end = next.add({ milliseconds: Date.parse(item.endsAt) - Date.parse(item.startsAt) });
  return { startsAt: next.toString(), endsAt: end.toString() };
}

/** Whether two starts are one instant. */
export const isSameStart = (one: Times, other: Times) => Date.parse(one.startsAt) === Date.parse(other.startsAt);

/** Shows an entry at other times wherever it is kept, before (or without) the server saying so. */
export function showAt(client: QueryClient, { kind, id }: Pick<AgendaItem, 'kind' | 'id'>, times: Times): void {
  client.setQueriesData<Page<AgendaItem>>({ queryKey: keys.agenda }, (page) => {
    return (
      page && {
        ...page,
        items: page.items.map((one) => (one.kind === kind && one.id === id ? { ...one, ...times } : one)),
      }
    );
  });
}
