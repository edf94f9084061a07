import type { Week } from '../../../../src/contracts/bridges/pages';
import { addressOf, api } from '../../api/http';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import { comesWith } from '../../api/together';
import type { Me } from '../../api/types';
import { spanOf } from './span';

const FRESH_MS = 30_000;

/** Asks for the parts of my week in one answer, before the page's script is there; for nothing where I was a moment ago. */
export function askWeek(cohortId: string): void {
  const me = queryClient.getQueryData<Me>(keys.me);
  const membership = me?.memberships.find((one) => one.cohortId === cohortId);
  if (!me || !membership) return;
  const { since, from, to } = spanOf(Date.now(), me.timeZone);
  const known = queryClient.getQueryState([...keys.agenda, 'mine', '', since, to]);
  if (known && Date.now() - known.dataUpdatedAt < FRESH_MS) return;
  const inside = `/cohorts/${cohortId}`;
  const box = membership.role === 'staff' ? 'all' : 'for_me';
  comesWith(api.get<Week>(`${inside}/week`, { query: { since, from, to } }), {
    [addressOf(`${inside}/milestones`, { limit: 100 })]: ({ milestones }) => milestones,
    [addressOf(`${inside}/projects/${membership.projectId ?? ''}`)]: ({ project }) => project ?? undefined,
    [addressOf('/me/agenda', { from: since, to })]: ({ myAgenda }) => myAgenda,
    [addressOf(`${inside}/agenda`, { from, to })]: ({ agenda }) => agenda,
    [addressOf(`${inside}/requests`, { box, state: 'waiting', limit: 100 })]: ({ requests }) => requests ?? undefined,
    [addressOf(`${inside}/requests`, { box: 'mine', state: 'waiting', limit: 100 })]: ({ myRequests }) =>
      myRequests ?? undefined,
    [addressOf(`${inside}/topics`, { state: 'unanswered', limit: 50 })]: ({ topics }) => topics,
    [addressOf('/me/actions', { state: 'open' })]: ({ actions }) => actions ?? undefined,
    [addressOf(`${inside}/cycles`, { state: 'open', limit: 100 })]: ({ cycles }) => cycles ?? undefined,
  });
}
