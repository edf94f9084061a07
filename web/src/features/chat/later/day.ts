import { createContext, useContext } from 'react';
import type { Messages } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';

/** The first instant of a day (`2026-10-25`) in a zone: where a clock change takes away midnight, the one after it. */
export function startOfDay(date: string, zone: string): string {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant().toString();
}

/** The first message of a channel from a day on; null where all are older. Throws `Problem`. */
export async function firstFrom(channelId: string, date: string, zone: string): Promise<string | null> {
  const query = { at: startOfDay(date, zone), limit: 1 };
  const { items } = await api.get<Messages>(`/channels/${channelId}/messages`, { query });
  const [first] = items;
  return first && Date.parse(first.createdAt) >= Date.parse(query.at) ? first.id : null;
}

/** Leads to the first message of a day; null where there is nothing to lead to. */
export const ToDayContext = createContext<((date: string) => void) | null>(null);
export const useToDay = () => useContext(ToDayContext);
