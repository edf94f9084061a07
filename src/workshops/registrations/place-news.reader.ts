import { Injectable } from '@nestjs/common';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import type { PlacesToTell, SeriesAsked } from '../workshops.events.js';
import { type PlaceNews, isStillSo, newsByAct } from './place-news.js';
import { RegistrationsRepository } from './registrations.repository.js';

/** What somebody is to hear of their place. `until`: when an offer lapses. `byId`: who registered them, of their team or as a host. */
export interface PlaceTold {
  userId: string;
  what: PlaceNews;
  until: Date | null;
  byId: string | null;
}

/** What people are to hear of their places, as it is by then. No rights are checked here: callers do. */
@Injectable()
export class PlaceNewsReader {
  constructor(private readonly registrations: RegistrationsRepository) {}

  /** Those for whom it is still so: what became of a place meanwhile is told by itself. One query. */
  async stillSo({ workshopId, at, people }: PlacesToTell): Promise<PlaceTold[]> {
    const asked = Object.entries(people) as [PlaceNews, string[]][];
    const userIds = toIds([...new Set(asked.flatMap(([, ids]) => ids))]);
    if (userIds.length === 0) return [];
    const rows = await this.registrations.ofPeople(idOf(workshopId), userIds);
    const byUser = new Map(rows.map((row) => [String(row.userId), row]));
    return asked.flatMap(([what, ids]) =>
      ids.flatMap((userId): PlaceTold[] => {
        const row = byUser.get(userId);
        if (!row || !isStillSo(row, what, at)) return [];
        return [{ userId, what, until: row.offeredUntil ?? null, byId: row.byId ? String(row.byId) : null }];
      }),
    );
  }

  /** What an act on several dates made of the places of people: by person, then by the workshop's id. One query. */
  async ofAct({ userIds, actId }: SeriesAsked): Promise<Map<string, Map<string, PlaceNews>>> {
    const byUser = new Map<string, Map<string, PlaceNews>>();
    for (const row of await this.registrations.ofAct(toIds(userIds), idOf(actId))) {
      const what = newsByAct(row.status);
      const places = byUser.get(String(row.userId)) ?? new Map<string, PlaceNews>();
      if (what) byUser.set(String(row.userId), places.set(String(row.workshopId), what));
    }
    return byUser;
  }
}
