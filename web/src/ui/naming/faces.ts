import { useQuery } from '@tanstack/react-query';
import type { Person } from '../../../../src/contracts/primitives';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Member, Page } from '../../api/types';

/** Everybody of a cohort, by name and face. */
export const facesOf = (cohortId: string) => ({
  queryKey: keys.in(cohortId, 'members', 'faces'),
  queryFn: () => everybody(cohortId),
  staleTime: 5 * 60_000,
});

/** Everybody of a cohort; nobody without one. */
export function useFaces(cohortId: string | null): readonly Person[] {
  const { data = NOBODY } = useQuery({ ...facesOf(cohortId ?? ''), enabled: Boolean(cohortId) });
  return data;
}

const NOBODY: readonly Person[] = [];

async function everybody(cohortId: string): Promise<Person[]> {
  const people: Person[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Member> = await api.get(`/cohorts/${cohortId}/members`, { query: { limit: 200, cursor } });
    people.push(...page.items.map(({ userId, name, avatarUrl }) => ({ id: userId, name, avatarUrl })));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return people;
}
