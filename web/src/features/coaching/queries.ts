import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type {
  ActionItem,
  Availability,
  CoachFellow,
  MentoringSession,
  MyAction,
  Notes,
  SessionChanged,
  SessionKind,
  Slots,
} from '../../../../src/contracts/mentoring/mentoring';
import type { Craft } from '../../../../src/contracts/roles';
import type { OutsideCalendar } from '../../../../src/contracts/mentoring/outside-calendars';
import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Problem } from '../../api/problem';
import { useApplyEvents, useOnMissed } from '../../api/socket';
import type { Page } from '../../api/types';

/** Where the answers of coaching are kept. */
export const coachingKeys = {
  all: (cohortId: string) => keys.in(cohortId, 'coaching'),
  slots: (cohortId: string) => keys.in(cohortId, 'coaching', 'slots'),
  sessions: (cohortId: string) => keys.in(cohortId, 'coaching', 'sessions'),
  session: (cohortId: string, id: string) => keys.in(cohortId, 'coaching', 'session', id),
  notes: (cohortId: string, id: string) => keys.in(cohortId, 'coaching', 'session', id, 'notes'),
  actions: (cohortId: string, id: string) => keys.in(cohortId, 'coaching', 'session', id, 'actions'),
  fellows: (cohortId: string) => keys.in(cohortId, 'coaching', 'fellows'),
  availability: (cohortId: string, coachId: string) => keys.in(cohortId, 'coaching', 'availability', coachId),
  outside: (cohortId: string) => keys.in(cohortId, 'coaching', 'outside-calendars'),
  mine: ['my-actions'] as const,
};

/** Bounds of a look at slots or sessions (ISO instants), with what narrows it. */
export interface Range {
  from: string;
  to: string;
  coachId?: string | undefined;
  minutes?: number | undefined;
  kind?: SessionKind | undefined;
  forUserId?: string | undefined;
  /** When this coach is free, too, beside `coachId`. */
  secondCoachId?: string | undefined;
}

/** All slots of a range, hidden ones explained. */
export function useSlots(cohortId: string, range: Range, enabled = true) {
  return useQuery({
    queryKey: [...coachingKeys.slots(cohortId), range],
    queryFn: ({ signal }) =>
      api.get<Slots>(`/cohorts/${cohortId}/slots`, { query: { ...range, explain: true }, signal }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** When any coach of a craft is free, each time once with whose turn it is; nothing is asked without a craft. */
export function useAnySlots(
  cohortId: string,
  query: Pick<Range, 'from' | 'to' | 'minutes'> & { craft?: Craft | undefined },
) {
  return useQuery({
    queryKey: [...coachingKeys.slots(cohortId), 'any', query],
    queryFn: ({ signal }) => api.get<Slots>(`/cohorts/${cohortId}/slots/any`, { query, signal }),
    placeholderData: keepPreviousData,
    enabled: query.craft !== undefined,
  });
}

/** My sessions that start in a range, in time order; all of the cohort for staff. The first 200. */
export function useSessions(cohortId: string, range: { from?: string; to?: string }, enabled = true) {
  return useQuery({
    queryKey: [...coachingKeys.sessions(cohortId), range],
    queryFn: ({ signal }) =>
      api.get<Page<MentoringSession>>(`/cohorts/${cohortId}/sessions`, { query: { ...range, limit: 200 }, signal }),
    select: (page) => page.items,
    enabled,
  });
}

const PAST_AT_ONCE = 30;

/** My sessions that started before an instant, the latest first, page by page; all of the cohort for staff. */
export function useSessionsBefore(cohortId: string, to: string) {
  return useInfiniteQuery({
    queryKey: [...coachingKeys.sessions(cohortId), 'before', to],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<MentoringSession>>(`/cohorts/${cohortId}/sessions`, {
        query: { to, order: 'latest', limit: PAST_AT_ONCE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
}

export function useSession(cohortId: string, id: string) {
  return useQuery({
    queryKey: coachingKeys.session(cohortId, id),
    queryFn: ({ signal }) => api.get<MentoringSession>(`/cohorts/${cohortId}/sessions/${id}`, { signal }),
  });
}

/** The notes that I read in a session, newest first, page by page. */
export function useNotes(cohortId: string, id: string) {
  return useInfiniteQuery({
    queryKey: coachingKeys.notes(cohortId, id),
    queryFn: ({ pageParam, signal }) =>
      api.get<Notes>(`/cohorts/${cohortId}/sessions/${id}/notes`, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    select: ({ pages }) => ({
      items: pages.flatMap(({ items }) => items),
      audiences: pages[0]?.audiences ?? [],
    }),
  });
}

export function useActions(cohortId: string, id: string) {
  return useQuery({
    queryKey: coachingKeys.actions(cohortId, id),
    queryFn: ({ signal }) => api.get<Page<ActionItem>>(`/cohorts/${cohortId}/sessions/${id}/actions`, { signal }),
    select: (page) => page.items,
  });
}

/** My open actions in all cohorts. The first 200. */
export function useMyActions(enabled = true) {
  return useQuery({
    queryKey: coachingKeys.mine,
    queryFn: ({ signal }) => api.get<Page<MyAction>>('/me/actions', { query: { state: 'open', limit: 200 }, signal }),
    select: (page) => page.items,
    enabled,
  });
}

export function useMyFellows(cohortId: string, enabled = true) {
  return useQuery({
    queryKey: coachingKeys.fellows(cohortId),
    queryFn: ({ signal }) => api.get<Page<CoachFellow>>(`/cohorts/${cohortId}/coaches/me/fellows`, { signal }),
    select: (page) => page.items,
    enabled,
  });
}

export function useAvailability(cohortId: string, coachId: string, enabled = true) {
  return useQuery({
    queryKey: coachingKeys.availability(cohortId, coachId),
    queryFn: ({ signal }) => api.get<Availability>(`/cohorts/${cohortId}/coaches/${coachId}/availability`, { signal }),
    refetchOnWindowFocus: false,
    enabled,
  });
}

const SOON_MS = 2000;
const LATER_MS = 60_000;

/** My calendars elsewhere. While one is being read, it is asked for again soon. */
export function useOutsideCalendars(cohortId: string) {
  return useQuery({
    queryKey: coachingKeys.outside(cohortId),
    queryFn: ({ signal }) =>
      api.get<Page<OutsideCalendar>>(`/cohorts/${cohortId}/coaches/me/outside-calendars`, { signal }),
    select: (page) => page.items,
    refetchInterval: ({ state }) =>
      state.data?.items.some((calendar) => calendar.state === 'waiting') ? SOON_MS : LATER_MS,
  });
}

/** What a fellow would see of an availability that need not be saved. */
export function usePreview(cohortId: string, body: { availability: Availability } & Range) {
  return useQuery<Slots, Problem>({
    queryKey: [...coachingKeys.slots(cohortId), 'preview', body],
    queryFn: ({ signal }) => api.post<Slots>(`/cohorts/${cohortId}/availability/preview`, body, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** The fellows with whom I share a project. */
export function useTeam(cohortId: string, projectId: string | null) {
  return useQuery({
    queryKey: keys.in(cohortId, 'projects', projectId),
    queryFn: ({ signal }) => api.get<Project>(`/cohorts/${cohortId}/projects/${projectId ?? ''}`, { signal }),
    enabled: projectId !== null,
  });
}

/** After an act of mine: what it answered goes in, and all that depends on it is asked again. */
export function keepSession(client: QueryClient, session: MentoringSession): void {
  client.setQueryData(coachingKeys.session(session.cohortId, session.id), session);
  void client.invalidateQueries({ queryKey: coachingKeys.sessions(session.cohortId) });
  void client.invalidateQueries({ queryKey: coachingKeys.slots(session.cohortId) });
  void client.invalidateQueries({ queryKey: coachingKeys.fellows(session.cohortId) });
  void client.invalidateQueries({ queryKey: keys.agenda });
}

/** A live event tells that a session changed, not all of it: what is on screen is asked again. */
function applySessionChanged(client: QueryClient, { cohortId }: SessionChanged): void {
  void client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) });
  void client.invalidateQueries({ queryKey: coachingKeys.mine });
}
const live = { 'session.changed': applySessionChanged };

/** Keeps what is shown of coaching as it is: live, and after the line was down. */
export function useLiveCoaching(cohortId: string): void {
  const client = useQueryClient();
  useApplyEvents(live);
  useOnMissed(() => void client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) }));
}
