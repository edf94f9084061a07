import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AddReview,
  Assigned,
  AssignReviews,
  StaffReview,
  StaffReviews,
} from '../../../../src/contracts/selection/assignment';
import type {
  InvitedJurors,
  InviteJurors,
  Jurors,
  RemindJurors,
  RemindedJurors,
  UpdateJuror,
} from '../../../../src/contracts/selection/jurors';
import type { Results, ResultsQuery } from '../../../../src/contracts/selection/results';
import type { CreateStep, Step, Steps, UpdateStep } from '../../../../src/contracts/selection/steps';
import { api } from '../../api/http';
import { filesKey, pathOf } from '../calls/queries';

/** Of which call, in which cohort. */
export interface OfCall {
  cohortId: string;
  callId: string;
}

// What is read and what came of it is told anew after each decision, as the files are.
const keyOf = ({ cohortId, callId }: OfCall, ...rest: readonly unknown[]) =>
  filesKey(cohortId, callId, 'selection', ...rest);
const stepPath = ({ cohortId, callId }: OfCall, stepId = '') =>
  `${pathOf(cohortId, callId)}/steps${stepId && `/${stepId}`}`;
const jurorsPath = ({ cohortId, callId }: OfCall) => `${pathOf(cohortId, callId)}/jurors`;
const reviewsPath = ({ cohortId, callId }: OfCall) => `${pathOf(cohortId, callId)}/reviews`;

/** The steps of a call, in their order. */
export function useSteps(of: OfCall) {
  return useQuery({
    queryKey: keyOf(of, 'steps'),
    queryFn: ({ signal }) => api.get<Steps>(stepPath(of), { signal }),
  });
}

function keepStep(client: QueryClient, of: OfCall, step: Step): void {
  client.setQueryData<Steps>(keyOf(of, 'steps'), (before) => {
    const items = before?.items ?? [];
    const isThere = items.some(({ id }) => id === step.id);
    return { items: isThere ? items.map((one) => (one.id === step.id ? step : one)) : [...items, step] };
  });
}

/** What is done with the steps of a call. Each answers with the step as it is then. */
export function useStepActs(of: OfCall) {
  const client = useQueryClient();
  const kept = async (step: Promise<Step>) => {
    const now = await step;
    keepStep(client, of, now);
    return now;
  };
  const state = (stepId: string, act: 'open' | 'close') => kept(api.post<Step>(`${stepPath(of, stepId)}/${act}`));
  return {
    create: (body: CreateStep) => kept(api.post<Step>(stepPath(of), body)),
    write: (stepId: string, body: UpdateStep) => kept(api.patch<Step>(stepPath(of, stepId), body)),
    open: (stepId: string) => state(stepId, 'open'),
    close: (stepId: string) => state(stepId, 'close'),
    /** Which files a later step reads. */
    choose: async (stepId: string, applicationIds: string[]) => {
      await api.put<Step>(`${stepPath(of, stepId)}/files`, { applicationIds });
      await client.invalidateQueries({ queryKey: keyOf(of) });
    },
    remove: async (stepId: string) => {
      await api.delete(stepPath(of, stepId));
      await client.invalidateQueries({ queryKey: keyOf(of) });
    },
    /** As somebody else left them. */
    look: () => client.invalidateQueries({ queryKey: keyOf(of, 'steps') }),
  };
}

/** The jurors of a call, with what each has to read in a step. */
export function useJurors(of: OfCall, stepId: string) {
  return useQuery({
    queryKey: keyOf(of, 'jurors', stepId),
    queryFn: ({ signal }) => api.get<Jurors>(jurorsPath(of), { query: { stepId }, signal }),
  });
}

/** What is done with the jurors of a call. */
export function useJurorActs(of: OfCall) {
  const client = useQueryClient();
  // Who reads what, and how far they are, hangs together.
  const after = async <T>(act: Promise<T>) => {
    const answer = await act;
    await client.invalidateQueries({ queryKey: keyOf(of) });
    return answer;
  };
  const path = jurorsPath(of);
  return {
    invite: (body: InviteJurors) => after(api.post<InvitedJurors>(path, body)),
    remind: (body: RemindJurors) => after(api.post<RemindedJurors>(`${path}/remind`, body)),
    change: (jurorId: string, body: UpdateJuror) => after(api.patch(`${path}/${jurorId}`, body)),
    letLeave: (jurorId: string) => after(api.delete(`${path}/${jurorId}`)),
  };
}

/** Who reads what in a step, by file. */
export function useReading(of: OfCall, stepId: string) {
  return useQuery({
    queryKey: keyOf(of, 'reading', stepId),
    queryFn: ({ signal }) => api.get<StaffReviews>(reviewsPath(of), { query: { stepId }, signal }),
  });
}

/** What is done about who reads what. */
export function useReadingActs(of: OfCall) {
  const client = useQueryClient();
  const after = async <T>(act: Promise<T>) => {
    const answer = await act;
    await client.invalidateQueries({ queryKey: keyOf(of) });
    return answer;
  };
  return {
    assign: (body: AssignReviews) => after(api.post<Assigned>(`${pathOf(of.cohortId, of.callId)}/assignment`, body)),
    add: (body: AddReview) => after(api.post<StaffReview>(reviewsPath(of), body)),
    remove: (reviewId: string) => after(api.delete(`${reviewsPath(of)}/${reviewId}`)),
    reopen: (reviewId: string) => after(api.post(`${reviewsPath(of)}/${reviewId}/reopen`)),
  };
}

/** What is asked of the table of results. */
export type ResultsAsked = Partial<Pick<ResultsQuery, 'scores' | 'craft' | 'only' | 'line' | 'weights'>>;

const RESULTS_PAGE = 100;

/** What came of a step, by rank, page by page. */
export function useResults(of: OfCall, stepId: string, asked: ResultsAsked) {
  return useInfiniteQuery({
    queryKey: keyOf(of, 'results', stepId, asked),
    queryFn: ({ pageParam, signal }) =>
      api.get<Results>(`${pathOf(of.cohortId, of.callId)}/results`, {
        query: { stepId, ...asked, from: pageParam, limit: RESULTS_PAGE },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) => {
      const so = pages.reduce((sum, { items }) => sum + items.length, 0);
      return so < total ? so : null;
    },
    placeholderData: keepPreviousData,
  });
}

/** All of it as a table for a spreadsheet. */
export const resultsAsFile = ({ cohortId, callId }: OfCall, stepId: string) =>
  api.get<string>(`${pathOf(cohortId, callId)}/results.csv`, { query: { stepId } });
