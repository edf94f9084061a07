import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort } from '../../api/session';
import type { Role } from '../../api/types';
import { Avatar } from './Avatar';
import { invitedKey, isInvited } from '../forms/chosen';
import { InvitedMark } from './InvitedMark';
import { useInvitedPeople, usePeopleSearch } from './people';

interface PeoplePickerProps extends Omit<MultiSelectProps, 'data' | 'value' | 'onChange' | 'searchable'> {
  cohortId: string;
  value?: string[];
  onChange: (ids: string[]) => void;
  role?: Role;
  /** Names of people who are chosen already, so that they can be shown before any search. */
  chosen?: readonly { id: string; name: string }[];
  /** Ids that are not offered. */
  without?: readonly string[];
  /** Who is invited can be chosen, by {@link invitedKey}; else the programme team sees them, and that they have to join first. */
  withInvited?: boolean;
}

/** Chooses people of a cohort by typing; the server searches. */
export function PeoplePicker({
  cohortId,
  value = [],
  onChange,
  role,
  chosen = [],
  without = [],
  withInvited = false,
  ...rest
}: PeoplePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [names, setNames] = useState(() => new Map(chosen.map((person) => [person.id, person.name])));
  const found = (usePeopleSearch(cohortId, typed, { role }).data ?? []).filter((one) => !without.includes(one.userId));
  const seesInvited = useCohort()?.abilities.invite === true;
  const invited = useInvitedPeople(cohortId, typed, { role, enabled: withInvited || seesInvited }).data ?? [];
  const offers = [
    ...found.map((member) => [member.userId, member.name] as const),
    ...invited.map((one) => [invitedKey(one.invitationId), one.name] as const),
  ];
  const known = new Map([...names, ...offers]);

  const choose = (ids: string[]) => {
    setNames(known);
    onChange(ids);
  };

  const offered = [...new Set([...value, ...offers.map(([key]) => key)])];
  return (
    <MultiSelect
      {...rest}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={choose}
      data={offered.map((id) => ({
        value: id,
        label: known.get(id) ?? t('formerMember'),
        disabled: isInvited(id) && !withInvited,
      }))}
      // The server has searched already: accents, gives and wants count too.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={isInvited(option.value) ? 'row t2' : 'row'}>
          <Avatar id={option.value} name={option.label} size={24} />
          {option.label}
          {isInvited(option.value) && <InvitedMark canBeChosen={withInvited} />}
        </span>
      )}
      nothingFoundMessage={t(typed.trim() ? 'search.nothing' : 'search.nobody')}
    />
  );
}
