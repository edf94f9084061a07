import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Guest, Guests, PublicPage, SetPublicPage } from '../../../../src/contracts/workshops/guests';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { workshopKeys } from '../workshops/cache';

type Which = Pick<Workshop, 'cohortId' | 'id'>;
const pathOf = ({ cohortId, id }: Which) => `/cohorts/${cohortId}/workshops/${id}`;

/** Whether a workshop has a page for everybody, and what stands on it. */
export function usePublicPage(workshop: Which) {
  return useQuery({
    queryKey: [...workshopKeys.guests(workshop.cohortId, workshop.id), 'page'],
    queryFn: ({ signal }) => api.get<PublicPage>(`${pathOf(workshop)}/public-page`, { signal }),
  });
}

export function useSetPublicPage(workshop: Which) {
  const client = useQueryClient();
  return async (body: SetPublicPage): Promise<PublicPage> => {
    const page = await api.put<PublicPage>(`${pathOf(workshop)}/public-page`, body);
    await client.invalidateQueries({ queryKey: workshopKeys.all(workshop.cohortId) });
    return page;
  };
}

/** Who comes from outside, for hosts and staff. */
export function useGuests(workshop: Which) {
  return useQuery({
    queryKey: workshopKeys.guests(workshop.cohortId, workshop.id),
    queryFn: ({ signal }) => everyGuest(workshop, signal),
  });
}

/** Page by page: who confirmed may stand behind hundreds who never did. */
async function everyGuest(workshop: Which, signal: AbortSignal): Promise<Pick<Guests, 'items'>> {
  const items: Guest[] = [];
  let cursor: string | null = null;
  do {
    const page: Guests = await api.get(`${pathOf(workshop)}/guests`, { query: { cursor }, signal });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return { items };
}

/** Takes a guest's place; they hear of it by mail. */
export function useEndGuest(workshop: Which) {
  const client = useQueryClient();
  return async ({ id }: Pick<Guest, 'id'>): Promise<void> => {
    await api.delete(`${pathOf(workshop)}/guests/${id}`);
    await client.invalidateQueries({ queryKey: workshopKeys.all(workshop.cohortId) });
  };
}

/** The same as a table, to keep. */
export async function saveGuests(workshop: Which & Pick<Workshop, 'title'>): Promise<void> {
  const text = await api.get<string>(`${pathOf(workshop)}/guests.csv`);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${workshop.title.slice(0, 60)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
