import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/types';
import { Avatar } from './Avatar';
import { usePeopleSearch } from './people';

interface PeoplePickerProps extends Omit<MultiSelectProps, 'data' | 'value' | 'onChange' | 'searchable'> {
  cohortId: string;
  value?: string[];
  onChange: (ids: string[]) => void;
  role?: Role;
  /** Names of people who are chosen already, so that they can be shown before any search. */
  chosen?: readonly { id: string; name: string }[];
  /** Ids that are not offered. */
  without?: readonly string[];
}

/** Chooses people of a cohort by typing; the server searches. */
export function PeoplePicker({
  cohortId,
  value = [],
  onChange,
  role,
  chosen = [],
  without = [],
  ...rest
}: PeoplePickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [names, setNames] = useState(() => new Map(chosen.map((person) => [person.id, person.name])));
  const found = (usePeopleSearch(cohortId, typed, { role }).data ?? []).filter((one) => !without.includes(one.userId));
  const known = new Map([...names, ...found.map((member) => [member.userId, member.name] as const)]);

  const choose = (ids: string[]) => {
    setNames(known);
    onChange(ids);
  };

  const offered = [...new Set([...value, ...found.map((member) => member.userId)])];
  return (
    <MultiSelect
      {...rest}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={choose}
      data={offered.map((id) => ({ value: id, label: known.get(id) ?? t('formerMember') }))}
      // The server has searched already: accents, gives and wants count too.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className="row">
          <Avatar id={option.value} name={option.label} size={24} />
          {option.label}
        </span>
      )}
      nothingFoundMessage={t('search.nothing')}
    />
  );
}
