import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../src/contracts/chat';
import type { Person } from '../../../../src/contracts/primitives';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Member, Page } from '../../api/types';
import type { ChatPeople } from './people';
import type { ChannelState } from './store';

/** The people of a channel; who wrote there and has left it is looked up among the members of the cohort. */
export function usePeople(channel: Channel, state: ChannelState | undefined, cohortId: string): ChatPeople {
  const { t } = useTranslation();
  const inside = new Map(channel.members.map((person) => [person.id, person]));
  const hasStrangers = state ? [...state.known.values()].some((one) => !inside.has(one.senderId)) : false;
  const { data = [] } = useQuery({
    queryKey: keys.in(channel.cohortId ?? '', 'members', 'faces'),
    queryFn: () => everybody(channel.cohortId ?? ''),
    enabled: hasStrangers && channel.cohortId !== null,
    staleTime: 5 * 60_000,
  });
  const known = new Map([...data.map((person) => [person.id, person] as const), ...inside]);
  return {
    people: channel.members,
    find: (id) => known.get(id),
    nameOf: (id) => known.get(id)?.name ?? t('formerMember'),
    hrefOf: (id) => (cohortId && known.has(id) ? `/c/${cohortId}/people/${id}` : null),
  };
}

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
