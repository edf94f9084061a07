import type { WholeWorkshop } from '../../../../src/contracts/bridges/pages';
import { addressOf, api } from '../../api/http';
import { queryClient } from '../../api/query';
import { comesWith } from '../../api/together';
import { workshopKeys } from './cache';

const FRESH_MS = 30_000;

/** Asks for a workshop and what hangs on it in one answer, before the page's script is there; not for one that was seen a moment ago. */
export function askWhole(cohortId: string, id: string): void {
  const known = queryClient.getQueryState(workshopKeys.one(cohortId, id));
  if (known && Date.now() - known.dataUpdatedAt < FRESH_MS) return;
  const path = `/cohorts/${cohortId}/workshops/${id}`;
  comesWith(api.get<WholeWorkshop>(`${path}/whole`), {
    [addressOf(path)]: ({ workshop }) => workshop,
    [addressOf(`${path}/materials`)]: ({ materials }) => materials,
    [addressOf(`${path}/minutes`)]: ({ minutes }) => minutes,
    [addressOf(`/cohorts/${cohortId}/topics`, { workshop: id, limit: 20 })]: ({ topics }) => topics,
    [addressOf(`/cohorts/${cohortId}/wishes`, { workshop: id })]: ({ wishes }) => wishes,
  });
}
