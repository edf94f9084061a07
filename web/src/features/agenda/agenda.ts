import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';

/** What is shown: mine over all cohorts, or the calendar of one cohort. */
export type Scope = 'mine' | 'cohort';

/** Agenda entries that touch [from, to), instants. A new span keeps the old one on screen until it has come. */
export function useAgenda(scope: Scope, cohortId: string, from: string, to: string) {
  const path = scope === 'mine' ? '/me/agenda' : `/cohorts/${cohortId}/agenda`;
  return useQuery({
    queryKey: [...keys.agenda, scope, scope === 'cohort' ? cohortId : '', from, to],
    queryFn: ({ signal }) => api.get<Page<AgendaItem>>(path, { query: { from, to }, signal }),
    select: (page) => page.items,
    placeholderData: keepPreviousData,
  });
}

const ask = (client: QueryClient) => void client.invalidateQueries({ queryKey: keys.agenda });

/** Whatever moves in a calendar moves here. */
export const agendaEvents = { 'workshop.changed': ask, 'session.changed': ask };

/** The first instant of a day in a zone, ISO with Z. */
export const startOf = (day: Temporal.PlainDate, zone: string): string =>
  day.toZonedDateTime({ timeZone: zone }).toInstant().toString();

/** The day an entry stands on in a zone: a milestone has its own, all else where it starts. */
export const dayOfItem = (item: Pick<AgendaItem, 'on' | 'startsAt'>, zone: string): string =>
  item.on ?? Temporal.Instant.from(item.startsAt).toZonedDateTimeISO(zone).toPlainDate().toString();

/** Entries by day, days in order; all-day ones first. Cancelled ones are left out unless I was part of them. */
export function byDay(items: readonly AgendaItem[], zone: string): Map<string, AgendaItem[]> {
  const shown = items.filter((item) => item.status !== 'cancelled' || item.mine !== 'none');
  const days = new Map<string, AgendaItem[]>();
  for (const item of shown) {
    const day = dayOfItem(item, zone);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  for (const day of days.values()) {
    day.sort((a, b) => Number(b.on !== null) - Number(a.on !== null) || a.startsAt.localeCompare(b.startsAt));
  }
  return new Map([...days].sort(([a], [b]) => a.localeCompare(b)));
}

/** Where an entry is in time. `now` in ms. */
export function phaseOf(item: Pick<AgendaItem, 'startsAt' | 'endsAt'>, now: number): 'past' | 'now' | 'coming' {
  if (Date.parse(item.endsAt) <= now) return 'past';
  return Date.parse(item.startsAt) <= now ? 'now' : 'coming';
}

/** Whether the entry is mine in any way (a milestone is everybody's). */
export const isMine = (item: Pick<AgendaItem, 'mine' | 'kind'>) => item.mine !== 'none' || item.kind === 'milestone';
