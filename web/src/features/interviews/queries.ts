import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  CreatePanel,
  InterviewNotes,
  Interviews,
  InvitableFiles,
  InvitedToInterviews,
  MarkAttendance,
  MyInterview,
  MyInterviews,
  OfferedTimes,
  OfferTimes,
  RemindedToChoose,
  UpdatePanel,
  WriteInterviewNote,
} from '../../../../src/contracts/selection/interviews';
import { api } from '../../api/http';
import { filesKey, pathOf as callPath } from '../calls/queries';
import { untilBegun } from './times';

/** Of which call, in which cohort. */
export interface OfCall {
  cohortId: string;
  callId: string;
}

const pathOf = ({ cohortId, callId }: OfCall, rest = '') => `${callPath(cohortId, callId)}/interviews${rest}`;
const keyOf = ({ cohortId, callId }: OfCall, ...rest: readonly unknown[]) =>
  filesKey(cohortId, callId, 'interviews', ...rest);

/** The panels of a call, with their times and the files that they talk to. */
export function useInterviews(of: OfCall) {
  return useQuery({
    queryKey: keyOf(of, 'panels'),
    queryFn: ({ signal }) => api.get<Interviews>(pathOf(of), { signal }),
    // What can be done with an interview is other as it begins.
    refetchInterval: ({ state: { data } }) =>
      untilBegun(data?.panels.flatMap(({ interviews }) => interviews.flatMap(({ startsAt }) => startsAt ?? [])) ?? []),
  });
}

/** Whom a panel may invite. */
export function useInvitable(of: OfCall) {
  return useQuery({
    queryKey: keyOf(of, 'files'),
    queryFn: ({ signal }) => api.get<InvitableFiles>(pathOf(of, '/files'), { signal }),
  });
}

/** What was noted of an interview. */
export function useNotes(of: OfCall, interviewId: string) {
  return useQuery({
    queryKey: keyOf(of, 'notes', interviewId),
    queryFn: ({ signal }) => api.get<InterviewNotes>(pathOf(of, `/${interviewId}/notes`), { signal }),
  });
}

/** What staff do with the interviews of a call. */
export function useInterviewActs(of: OfCall) {
  const client = useQueryClient();
  // Also after a refusal: what was changed meanwhile is read.
  const after = async <T>(act: Promise<T>) =>
    await act.finally(() => client.invalidateQueries({ queryKey: keyOf(of) }));
  const panel = (panelId: string, rest = '') => pathOf(of, `/panels/${panelId}${rest}`);
  return {
    create: (body: CreatePanel) => after(api.post<Interviews>(pathOf(of, '/panels'), body)),
    change: (panelId: string, body: UpdatePanel) => after(api.patch<Interviews>(panel(panelId), body)),
    remove: (panelId: string) => after(api.delete(panel(panelId))),
    offer: (panelId: string, body: OfferTimes) => after(api.post<OfferedTimes>(panel(panelId, '/times'), body)),
    takeAway: (timeId: string) => after(api.delete(pathOf(of, `/times/${timeId}`))),
    invite: (panelId: string, applicationIds: string[]) =>
      after(api.post<InvitedToInterviews>(panel(panelId, '/invitations'), { applicationIds })),
    remind: (panelId: string) => after(api.post<RemindedToChoose>(panel(panelId, '/remind'))),
    setTime: (interviewId: string, timeId: string) => after(api.put(pathOf(of, `/${interviewId}/time`), { timeId })),
    mark: (interviewId: string, body: MarkAttendance) => after(api.put(pathOf(of, `/${interviewId}/attendance`), body)),
    callOff: (interviewId: string) => after(api.delete(pathOf(of, `/${interviewId}`))),
  };
}

const MINE = '/me/interviews';
const mine = ['interviews', 'mine'] as const;

/** The panels on which I sit. */
export function useMyInterviews() {
  return useQuery({ queryKey: [...mine, 'panels'], queryFn: ({ signal }) => api.get<MyInterviews>(MINE, { signal }) });
}

/** An interview of mine, with the file and what I noted. */
export function useMyInterview(id: string) {
  return useQuery({
    queryKey: [...mine, 'one', id],
    queryFn: ({ signal }) => api.get<MyInterview>(`${MINE}/${encodeURIComponent(id)}`, { signal }),
    // Who waits there says so as it has begun.
    refetchInterval: ({ state: { data } }) => untilBegun(data ? [data.startsAt] : []),
  });
}

/** What I do with my times and notes. */
export function useMyActs() {
  const client = useQueryClient();
  const after = async <T>(act: Promise<T>) => {
    const answer = await act;
    await client.invalidateQueries({ queryKey: [...mine, 'panels'] });
    return answer;
  };
  const put = async (id: string, what: string, body: WriteInterviewNote | MarkAttendance) => {
    const now = await after(api.put<MyInterview>(`${MINE}/${encodeURIComponent(id)}/${what}`, body));
    client.setQueryData([...mine, 'one', id], now);
    return now;
  };
  return {
    offer: (panelId: string, body: OfferTimes) =>
      after(api.post<OfferedTimes>(`${MINE}/panels/${panelId}/times`, body)),
    takeAway: (timeId: string) => after(api.delete(`${MINE}/times/${timeId}`)),
    write: (id: string, body: WriteInterviewNote) => put(id, 'note', body),
    mark: (id: string, body: MarkAttendance) => put(id, 'attendance', body),
    look: (id: string) => client.invalidateQueries({ queryKey: [...mine, 'one', id] }),
  };
}
