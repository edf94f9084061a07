import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { namesEverybody } from '../../../../../src/common/texts/everybody';
import { GROUP_WORDS, groupsIn, toGroupTokens } from '../../../../../src/common/texts/groups';
import type { ChannelGroups } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { NameRow } from '../../../ui/naming/NameRow';
import { fitting, typedName } from '../../../ui/naming/mentions';
import { useChatPeople } from '../channels/people';
import type { Source, Suggestion } from '../../../ui/naming/useSuggestions';

/** From more people on, a message to all of them is asked about. */
const MANY = 20;
const FIRST_PEOPLE = 4;
const MAX_STRANGERS = 3;

/** Something in a list of names: a person, or a group with how many people it reaches. */
type Named = { id: string; name: string } & ({ person: Person; isOutside?: boolean } | { count: number });

const isPerson = (named: Named) => 'person' in named;

interface Names {
  source: Source;
  /** How many people a text speaks to as a crowd, and by which words, when they are many. */
  crowdOf: (text: string) => { words: string; count: number } | null;
  /** The groups of the channel are worth asking for. */
  want: () => void;
}

/** Who can be named in the channel on screen: its people, its groups, everybody. */
export function useNames(): Names {
  const { t } = useTranslation('chat');
  const { people, channel, outside, wantOutside } = useChatPeople();
  const locale = useLocale();
  const [wanted, setWanted] = useState(false);
  const { data } = useQuery({
    queryKey: [...keys.channels, channel?.id, 'groups'],
    queryFn: () => api.get<ChannelGroups>(`/channels/${channel?.id ?? ''}/groups`),
    enabled: wanted && channel !== null,
    staleTime: 5 * 60_000,
  });
  const groups = data?.items ?? [];
  const reach = new Map(groups.map(({ group, userIds }) => [group, userIds]));
  const crowds: Named[] = groups.map(({ group, userIds }) => ({
    id: group,
    name: GROUP_WORDS[group][locale],
    count: userIds.length,
  }));
  if (people.length > 2) crowds.unshift({ id: 'channel', name: 'channel', count: people.length - 1 });
  const everyone: Named[] = [...people.map((person) => ({ id: person.id, name: person.name, person })), ...crowds];

  const strangers: Named[] = outside.map((person) => ({ id: person.id, name: person.name, person, isOutside: true }));

  const rowOf = (named: Named): Suggestion => ({
    key: named.id,
    text: `@${named.name} `,
    row:
      'person' in named ? (
        <NameRow person={named.person}>
          {named.isOutside && <span className="xs t3 right">{t('outside.row')}</span>}
        </NameRow>
      ) : (
        <>
          <Icon of={IconUsersGroup} size={20} />
          <span className="cut">@{named.name}</span>
          <span className="xs t3 right">{t('composer.reaches', { count: named.count })}</span>
        </>
      ),
  });
  return {
    want: () => setWanted(true),
    source: {
      label: t('composer.names'),
      typed: typedName,
      // Before the first letter some people and all groups, so that one sees what there is.
      find: (query) =>
        (query === ''
          ? [...everyone.slice(0, FIRST_PEOPLE).filter(isPerson), ...crowds]
          : // Who hears of it comes first.
            [...fitting(everyone, query), ...fitting(strangers, query, MAX_STRANGERS)]
        ).map(rowOf),
      onWanted: () => {
        setWanted(true);
        wantOutside();
      },
    },
    crowdOf: (text) => {
      const named = groupsIn(toGroupTokens(text, new Set(reach.keys())));
      const all = namesEverybody(text);
      const count = all ? people.length - 1 : new Set(named.flatMap((group) => reach.get(group) ?? [])).size;
      const words = all ? '@channel' : named.map((group) => `@${GROUP_WORDS[group][locale]}`).join(', ');
      return count > MANY ? { words, count } : null;
    },
  };
}
