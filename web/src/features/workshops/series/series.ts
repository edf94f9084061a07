import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  SeriesDate,
  SeriesRegistration,
  SeriesScope,
  WorkshopSeries,
} from '../../../../../src/contracts/workshops/workshop-series';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { wantsDespite } from '../../../api/despite';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { workshopKeys } from '../cache';

/** Which dates an act is about: this one alone, or several of its series. */
export type Scope = 'one' | SeriesScope;

export const pathOfSeries = (cohortId: string, id: string) => `/cohorts/${cohortId}/workshop-series/${id}`;

/** The series of a workshop; asks nothing where it stands alone. */
export function useSeries({ cohortId, series }: Pick<Workshop, 'cohortId' | 'series'>) {
  const id = series?.id ?? '';
  return useQuery<WorkshopSeries>({
    queryKey: workshopKeys.series(cohortId, id),
    queryFn: ({ signal }) => api.get<WorkshopSeries>(pathOfSeries(cohortId, id), { signal }),
    enabled: series !== null,
  });
}

/** Acts on a whole series; everything that is kept of its dates is asked for again. */
export function useSeriesActs(cohortId: string, id: string) {
  const client = useQueryClient();
  const path = pathOfSeries(cohortId, id);
  const askAgain = async () => {
    void client.invalidateQueries({ queryKey: keys.agenda });
    await client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
  };
  const then = async <T>(act: Promise<T>): Promise<T> => {
    const answer = await act;
    await askAgain();
    return answer;
  };
  /** Whoever has something else on some of the dates is asked once, for all of these. */
  const join = async () => {
    const answer = await api.put<SeriesRegistration>(`${path}/registration`, {});
    if (answer.there.length === 0 || !(await wantsDespite(answer.there))) return answer;
    return await api.put<SeriesRegistration>(`${path}/registration`, { despite: true });
  };
  return {
    join: () => then(join()),
    leave: () => then(api.delete<SeriesRegistration>(`${path}/registration`)),
    publish: () => then(api.post<WorkshopSeries>(`${path}/publish`)),
    discard: () => api.delete(path),
    cancel: (body: { scope: SeriesScope; workshopId: string; edition: number; reason: string }) =>
      then(api.post<WorkshopSeries>(`${path}/cancel`, body)),
    lengthen: (body: {
      until: string | null;
      count: number | null;
      workshopId: string;
      edition: number;
      except: string[];
    }) => then(api.post<WorkshopSeries>(`${path}/lengthen`, body)),
    askAgain,
  };
}

/** What joining all came to: how many go, wait, and could not be joined. */
export function countsOf({ dates }: SeriesRegistration): { going: number; waiting: number; refused: number } {
  const count = (status: string) => dates.filter(({ mine }) => mine?.status === status).length;
  return {
    going: count('going'),
    waiting: count('waitlisted') + count('offered'),
    refused: dates.filter(({ refused }) => refused !== null).length,
  };
}

/** The dates shown while a long series is folded: the next ones, and always the one of this page. */
export function nextOf(dates: readonly SeriesDate[], here: string, now: number, most: number): SeriesDate[] {
  const ahead = dates.filter(({ endsAt }) => Date.parse(endsAt) > now).slice(0, most);
  const wanted = new Set([...ahead.map(({ workshopId }) => workshopId), here]);
  return dates.filter(({ workshopId }) => wanted.has(workshopId));
}
