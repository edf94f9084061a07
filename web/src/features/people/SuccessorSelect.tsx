import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Successors } from '../../../../src/contracts/requests';
import { api } from '../../api/http';
import { keys } from '../../api/keys';

/** Who could take over what waits for a member, the best first; undefined until it is known. */
export function useSuccessors(cohortId: string, userId: string): Successors | undefined {
  return useQuery({
    queryKey: keys.in(cohortId, 'members', 'successors', userId),
    queryFn: ({ signal }) => api.get<Successors>(`/cohorts/${cohortId}/members/${userId}/successors`, { signal }),
    staleTime: 0,
  }).data;
}

interface SuccessorSelectProps {
  successors: Successors | undefined;
  /** '': whoever of the programme team has least. */
  value: string;
  onChange: (userId: string) => void;
}

/** Who gets the requests for help that wait for somebody who leaves; nothing where none wait. */
export function SuccessorSelect({ successors, value, onChange }: SuccessorSelectProps) {
  const { t } = useTranslation('people');
  if (!successors || successors.requests === 0) return null;
  return (
    <NativeSelect
      mt="md"
      label={t('successor.label', { count: successors.requests })}
      description={t('successor.help')}
      value={value}
      data={[
        { value: '', label: t('successor.team') },
        ...successors.items.map(({ person, craft, load }) => ({
          value: person.id,
          label: t('successor.one', {
            name: person.name,
            craft: craft ? t(`common:crafts.${craft}`) : 'none',
            load,
          }),
        })),
      ]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
