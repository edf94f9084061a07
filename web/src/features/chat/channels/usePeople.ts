import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelSummary } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { blocked } from '../../../api/blocked';
import { useMe } from '../../../api/session';
import { useStore } from '../../../api/store';
import { useFaces } from '../../../ui/naming/faces';
import { type ChatPeople, speaksOfStrangers } from './people';
import type { ChannelState } from '../store';

/** The people of a channel; who wrote there or is named there and is not in it is looked up among the members of the cohort. */
export function usePeople(channel: Channel, state: ChannelState | undefined, cohortId: string): ChatPeople {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const inside = new Set(channel.members.map(({ id }) => id));
  const hasStrangers = state ? speaksOfStrangers(state.known.values(), inside) : false;
  // A conversation belongs to no cohort: whom it names is looked up where I am.
  const faces = useFaces(hasStrangers || (wanted && channel.cohortId) ? (channel.cohortId ?? cohortId) : null);
  const known = [...faces, ...channel.members];
  const isFolded = useFolds(channel);
  return {
    ...peopleFrom(channel.members, known, cohortId, t('formerMember'), channel.guests),
    channel,
    outside: channel.cohortId ? faces.filter(({ id }) => !inside.has(id)) : [],
    wantOutside: () => setWanted(true),
    isFolded,
  };
}

/** The people who may have written in a channel that is not open: those of its cohort, or those of the conversation and me. */
export function usePeopleOfSummary(channel: ChannelSummary): ChatPeople {
  const { t } = useTranslation();
  const { id, name, avatarUrl } = useMe();
  const faces = useFaces(channel.cohortId);
  const known = [...faces, ...channel.people, { id, name, avatarUrl }];
  const isFolded = useFolds(channel);
  return { ...peopleFrom(known, known, channel.cohortId ?? '', t('formerMember')), isFolded };
}

/** In a conversation of several, what comes from somebody I blocked is folded; where people work together nothing is. */
function useFolds({ kind, people }: ChannelSummary): ChatPeople['isFolded'] {
  const mine = useStore(blocked);
  return (id) => kind === 'direct' && people.length > 1 && mine.has(id);
}

/** `guests` have a name, but no page here. */
function peopleFrom(
  people: readonly Person[],
  all: readonly Person[],
  cohortId: string,
  nobody: string,
  guests: readonly Person[] = [],
): ChatPeople {
  const known = new Map(all.map((person) => [person.id, person]));
  const named = new Map([...guests, ...all].map((person) => [person.id, person]));
  return {
    channel: null,
    people,
    outside: [],
    wantOutside: () => undefined,
    isFolded: () => false,
    find: (id) => named.get(id),
    nameOf: (id) => named.get(id)?.name ?? nobody,
    hrefOf: (id) => (cohortId && known.has(id) ? `/c/${cohortId}/people/${id}` : null),
  };
}
