import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Successors } from '../../../../src/contracts/mentoring/requests';
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

/** Whether something of theirs needs somebody else. */
export const hasToGo = (successors: Successors | undefined) =>
  successors !== undefined && successors.requests + successors.sessions > 0;

/** The least loaded coach of the same craft; else, where there are sessions, whoever could take most of them. */
export function proposedOf({ items, sessions }: Successors): string {
  const peer = items.find(({ isOfTheCraft }) => isOfTheCraft);
  const [most] = [...items].sort((a, b) => b.takesOver - a.takesOver);
  return (peer ?? (sessions > 0 && most && most.takesOver > 0 ? most : undefined))?.person.id ?? '';
}

interface SuccessorSelectProps {
  successors: Successors | undefined;
  /** '': whoever of the programme team has least. */
  value: string;
  /** They leave: what they promised goes, too. */
  leaves?: boolean;
  onChange: (userId: string) => void;
}

/** Who gets the requests and sessions of somebody who leaves, and what becomes of the rest; nothing where there is none. */
export function SuccessorSelect({ successors, value, leaves = false, onChange }: SuccessorSelectProps) {
  const { t } = useTranslation('people');
  if (!successors) return null;
  const { requests, sessions, actions, items } = successors;
  const chosen = items.find(({ person }) => person.id === value);
  const over = chosen?.takesOver ?? 0;
  return (
    <>
      {hasToGo(successors) && (
        <NativeSelect
          mt="md"
          label={requests > 0 ? t('successor.label', { count: requests }) : t('successor.labelSessions')}
          description={requests > 0 ? t('successor.help') : undefined}
          value={value}
          data={[
            { value: '', label: t(requests > 0 ? 'successor.team' : 'successor.nobody') },
            ...items
              .filter(({ takesOver }) => requests > 0 || takesOver > 0)
              .map(({ person, craft, load }) => ({
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
      )}
      {sessions > 0 && (
        <p className="mt8" role="status">
          {over > 0 && t('successor.over', { count: over, name: chosen?.person.name ?? '' })}{' '}
          {sessions > over && t('successor.off', { count: sessions - over })}
        </p>
      )}
      {leaves && actions > 0 && <p className="t2 mt8">{t('successor.actions', { count: actions })}</p>}
    </>
  );
}
