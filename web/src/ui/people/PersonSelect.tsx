import { Select, type SelectProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMe } from '../../api/session';
import type { Member, Role } from '../../api/types';
import { Avatar } from './Avatar';
import { InvitedMark } from './InvitedMark';
import { invitedKey, isInvited } from '../forms/chosen';
import { useInvitedPeople, usePeopleSearch } from './people';

interface PersonSelectProps extends Omit<SelectProps, 'data' | 'searchable'> {
  cohortId: string;
  role?: Role;
  /** Narrows who is offered. */
  offers?: (member: Member) => boolean;
  /** Ids that are not offered. */
  without?: readonly string[];
  /** Somebody who is chosen before any search. */
  chosen?: { id: string; name: string } | undefined;
}

/** Chooses somebody else of a cohort, by name or by what they give; the server searches. The programme team sees who is invited, and has to wait for them. */
export function PersonSelect({
  cohortId,
  role,
  offers = () => true,
  without = [],
  chosen,
  ...rest
}: PersonSelectProps) {
  const { t } = useTranslation();
  const me = useMe();
  const seesInvited = useCohort()?.abilities.invite === true;
  const [typed, setTyped] = useState(chosen?.name ?? '');
  // The name of who is chosen is not a search.
  const [picked, setPicked] = useState(chosen);
  const found = (usePeopleSearch(cohortId, typed === picked?.name ? '' : typed, { role }).data ?? [])
    .filter(offers)
    .filter(({ userId }) => userId !== me.id && !without.includes(userId));
  const invited =
    useInvitedPeople(cohortId, typed === picked?.name ? '' : typed, { role, enabled: seesInvited }).data ?? [];
  const people = new Map(found.map((member) => [member.userId, member]));
  const data = [
    ...(picked && !people.has(picked.id) ? [{ value: picked.id, label: picked.name }] : []),
    ...found.map(({ userId, name }) => ({ value: userId, label: name })),
    ...invited.map(({ invitationId, name }) => ({ value: invitedKey(invitationId), label: name, disabled: true })),
  ];
  return (
    <Select
      {...rest}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      data={data}
      onChange={(value, option) => {
        setPicked(value === null ? undefined : { id: value, name: option.label });
        rest.onChange?.(value, option);
      }}
      // The server has searched already: accents, gives and wants count too.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const member = people.get(option.value);
        return (
          <span className={isInvited(option.value) ? 'row t2' : 'row'}>
            <Avatar id={option.value} name={option.label} url={member?.avatarUrl} size={24} />
            <span className="grow">
              <span>{option.label}</span>
              {member && (
                <span className="t2 xs" style={{ display: 'block' }}>
                  {[t(`roles.${member.role}`), ...member.gives.slice(0, 3)].join(', ')}
                </span>
              )}
            </span>
            {isInvited(option.value) && <InvitedMark canBeChosen={false} />}
          </span>
        );
      }}
      nothingFoundMessage={t(typed.trim() ? 'search.nothing' : 'search.nobody')}
    />
  );
}
