import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { InvitedPerson } from '../../../../src/contracts/cohorts/cohorts';
import type { Member, Page, Role } from '../../api/types';

/** Who can be asked for help, as the server's rule has it: all but hosts, and fellows who say what they give. */
export const canBeAsked = ({ role, gives }: Pick<Member, 'role' | 'gives'>): boolean =>
  role !== 'host' && (role !== 'fellow' || gives.length > 0);

const PAUSE_MS = 200;
const MAX_FOUND = 20;

/** People of a cohort whose name, gives or wants match; asked when the typing pauses. `q` '' gives the first ones. */
export function usePeopleSearch(cohortId: string, q: string, options: { role?: Role; enabled?: boolean } = {}) {
  const [asked] = useDebouncedValue(q.trim(), PAUSE_MS);
  const { role, enabled = true } = options;
  return useQuery({
    queryKey: keys.in(cohortId, 'members', 'search', asked, role ?? ''),
    queryFn: ({ signal }) =>
      api.get<Page<Member>>(`/cohorts/${cohortId}/members`, { query: { q: asked, role, limit: MAX_FOUND }, signal }),
    select: (page) => page.items,
    placeholderData: keepPreviousData,
    enabled: enabled && cohortId !== '',
  });
}

/** Who is invited to a cohort and has not come yet, for the programme team; `q` are beginnings of words of the name. */
export function useInvitedPeople(cohortId: string, q: string, options: { role?: Role | undefined; enabled: boolean }) {
  const [asked] = useDebouncedValue(q.trim(), PAUSE_MS);
  const { role, enabled } = options;
  return useQuery({
    queryKey: keys.in(cohortId, 'invitations', 'people', asked, role ?? ''),
    queryFn: ({ signal }) =>
      api.get<{ items: InvitedPerson[] }>(`/cohorts/${cohortId}/invitations/people`, {
        query: { q: asked, role },
        signal,
      }),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
    enabled,
  });
}
