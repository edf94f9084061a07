import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { i18n, setLocale } from '../i18n/i18n';
import { forgetDevice } from './device';
import { forgetDrafts } from './drafts';
import { api } from './http';
import { keys } from './keys';
import { beginLeaving, endLeaving, onLeavingElsewhere, tellLeft } from './leaving';
import { forgetLeft, useLeftCohort } from './left';
import { Problem } from './problem';
import { queryClient } from './query';
import { beginsAfter } from './socket';
import { createStore, useStore } from './store';
import { forgetUnsent } from './autosave/unsent';
import { dropToken, endByMyself, keepToken, refresh, token } from './token';
import type { Cohort, Me, Membership, SignedIn } from './types';

/** `unknown` until the refresh cookie has been tried once, with an answer; then in or out. */
export const signedIn = createStore<'unknown' | 'in' | 'out'>('unknown');

/** Who gave no answer while it is `unknown`: nobody was reached, or a server that is in trouble or asks to wait. */
export const hindrance = createStore<'network' | 'server'>('network');

/** Takes a login's reply: from the sign-in form, an accepted invitation or the refresh cookie. */
export function enter(reply: SignedIn): void {
  endLeaving();
  beginsAfter(reply.said);
  keepToken(reply);
  queryClient.setQueryData(keys.me, reply.me);
  signedIn.set('in');
  if (i18n.isInitialized) void setLocale(reply.me.locale);
}

/** Tries the refresh cookie once per page load, or until a server answers. Resolves in every case; read `signedIn` for the outcome. */
export async function resume(): Promise<void> {
  if (signedIn.get() !== 'unknown') return;
  try {
    enter(await refresh());
  } catch (error) {
    // Without a network, or while the server starts again, nobody said that the session is over: the page says so and tries again.
    if (error instanceof Problem && error.temporary) hindrance.set(error.status === 0 ? 'network' : 'server');
    else signedIn.set('out');
  }
}

/**
 * Ends the session here and on the server; every answer kept in memory is forgotten, and what was begun or waits to be sent as well: the
 * browser may be shared. Where a session ends otherwise, all that waits for its person, and is sent by nobody else. Pages ask first ({@link useSignOut}).
 */
export async function signOut(): Promise<void> {
  const me = queryClient.getQueryData<Me>(keys.me);
  endByMyself();
  beginLeaving();
  // Without an answer the next page says it again before it does anything else.
  await tellLeft(token.get()?.accessToken).catch(() => undefined);
  leave();
  // After the pages have gone, which write what is in their fields.
  if (!me) return;
  setTimeout(() => {
    forgetDrafts(me.id);
    forgetUnsent(me.id);
  });
}

/** First the pages go, then what they showed: a page must never look for a person who has just left. */
function leave(): void {
  signedIn.set('out');
  dropToken();
  forgetLeft();
  void forgetDevice().catch(() => undefined);
  setTimeout(() => queryClient.clear());
}

// The server tells the other tabs as well, where there is a line.
onLeavingElsewhere(() => {
  if (signedIn.get() !== 'in') return;
  endByMyself();
  leave();
});

// A refresh that is refused while a page is open (password reset elsewhere, session ended by the person) ends it here too.
token.subscribe(() => {
  if (token.get() === null && signedIn.get() === 'in') leave();
});

const fetchMe = () => api.get<Me>('/me');

/** The person who is signed in. Only on pages behind the door: it throws where nobody is. */
export function useMe(): Me {
  const { data } = useQuery({ queryKey: keys.me, queryFn: fetchMe, staleTime: Infinity });
  if (!data) throw new Error('useMe is for pages behind the sign-in');
  return data;
}

/** The same, or undefined on public pages. */
export function useMaybeMe(): Me | undefined {
  const state = useStore(signedIn);
  return useQuery({ queryKey: keys.me, queryFn: fetchMe, staleTime: Infinity, enabled: state === 'in' }).data;
}

const LAST_COHORT = 'cordee-cohort';

/** The cohort of the address, else the one last visited, else the first of my memberships. */
export function currentCohortId(me: Me, fromAddress?: string): string | undefined {
  if (fromAddress) return fromAddress;
  const kept = localStorage.getItem(LAST_COHORT);
  if (kept && me.memberships.some((m) => m.cohortId === kept)) return kept;
  return me.memberships[0]?.cohortId;
}

/** Remembers the cohort for pages outside of any (inbox, settings, direct messages). */
export function keepCohort(cohortId: string): void {
  localStorage.setItem(LAST_COHORT, cohortId);
}

/** The cohort's id from the address; on pages outside a cohort the one last visited. */
export function useCohortId(): string {
  const me = useMe();
  const { cohortId } = useParams({ strict: false });
  return currentCohortId(me, cohortId) ?? '';
}

/** The cohort on screen with its phases, counts and abilities; undefined until it has come, and for one that I was taken out of. */
export function useCohort(): Cohort | undefined {
  const id = useCohortId();
  const fetchCohort = () => api.get<Cohort>(`/cohorts/${id}`);
  const isLeft = useLeftCohort(id) !== undefined;
  const enabled = id !== '' && !isLeft;
  const { data } = useQuery({ queryKey: keys.in(id, 'self'), queryFn: fetchCohort, staleTime: 5 * 60_000, enabled });
  return isLeft ? undefined : data;
}

/** Whether I book the hours of coaches here: fellows and the team do, until the cohort is closed. A coach books from their own list. */
export function useBooks(): boolean {
  const role = useMembership()?.role;
  const closed = useCohort()?.state === 'closed';
  return (role === 'fellow' || role === 'staff') && !closed;
}

/** My membership in the cohort on screen. For what one may do, ask the thing's `abilities`, not the role. */
export function useMembership(): Membership | undefined {
  const me = useMe();
  const id = useCohortId();
  return me.memberships.find((m) => m.cohortId === id);
}
