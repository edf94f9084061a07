import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  LadderHistory,
  LadderRung,
  PreviewRung,
  ReminderLadder,
  RungPreview,
  RungSetting,
} from '../../../../../src/contracts/reminders/reminder-ladder';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Problem } from '../../../api/problem';

const keyOf = (cohortId: string) => keys.in(cohortId, 'reminders', 'ladder');

/** When, how and in which words the cohort is reminded. */
export function useLadder(cohortId: string) {
  return useQuery({
    queryKey: keyOf(cohortId),
    queryFn: ({ signal }) => api.get<ReminderLadder>(`/cohorts/${cohortId}/reminders/ladder`, { signal }),
    staleTime: 60_000,
  });
}

/** What a rung is set to. */
export const settingOf = ({ kind, on, count, channels, text }: LadderRung): RungSetting => ({
  ...{ kind, on, count, channels, text },
});

/** What a ladder would be set to with one rung otherwise: that one first, so that what is wrong with it is at `/rungs/0`. */
export const withRung = (ladder: ReminderLadder, rung: RungSetting): RungSetting[] => [
  rung,
  ...ladder.rungs.filter(({ isChanged, kind }) => isChanged && kind !== rung.kind).map(settingOf),
];

/** Sets one rung beside those that were set before (null: all as by default). Who was slower sees the ladder as it is now. */
export function useSaveLadder(cohortId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ladder, rung }: { ladder: ReminderLadder; rung: RungSetting | null }) => {
      const rungs = rung ? withRung(ladder, rung) : [];
      return api.put<ReminderLadder>(`/cohorts/${cohortId}/reminders/ladder`, { revision: ladder.revision, rungs });
    },
    onSuccess: async (saved) => {
      client.setQueryData(keyOf(cohortId), saved);
      await Promise.all(
        ['ladder-history', 'list', 'density'].map((what) =>
          client.invalidateQueries({ queryKey: keys.in(cohortId, 'reminders', what) }),
        ),
      );
    },
    onError: (error) => {
      if (error instanceof Problem && error.code === 'stale' && error.extras.now) {
        client.setQueryData(keyOf(cohortId), error.extras.now);
      }
    },
  });
}

/** How a rung would read. */
export function usePreview(cohortId: string) {
  return useMutation({
    mutationFn: (rung: PreviewRung) => api.post<RungPreview>(`/cohorts/${cohortId}/reminders/ladder/preview`, rung),
  });
}

/** The mail itself, to whoever asks. */
export function useTrial(cohortId: string) {
  return useMutation({
    mutationFn: (rung: PreviewRung) => api.post(`/cohorts/${cohortId}/reminders/ladder/trial`, rung),
  });
}

/** Who changed what when, the latest first. */
export function useLadderHistory(cohortId: string) {
  return useInfiniteQuery({
    queryKey: keys.in(cohortId, 'reminders', 'ladder-history'),
    queryFn: ({ pageParam, signal }) =>
      api.get<LadderHistory>(`/cohorts/${cohortId}/reminders/ladder/history`, {
        query: { cursor: pageParam, limit: 20 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}
