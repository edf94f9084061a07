import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slots } from '../../../../../src/contracts/mentoring/mentoring';
import type { SlotWatch } from '../../../../../src/contracts/mentoring/slot-watches';
import { api } from '../../../api/http';
import { useMembership } from '../../../api/session';
import type { Page } from '../../../api/types';
import { Group } from '../../../ui/page/Group';
import { refocus } from '../../../ui/page/focus';
import { PersonName } from '../../../ui/people/PersonName';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { State } from '../../../ui/page/State';
import { toastProblem } from '../../../ui/toast';
import { coachingKeys } from '../queries';

interface FullCoachesProps {
  cohortId: string;
  people: Slots['people'];
}

/** Coaches without a free slot, each with the way to be told when there is one. */
export function FullCoaches({ cohortId, people }: FullCoachesProps) {
  const { t } = useTranslation('coaching');
  if (people.length === 0) return null;
  return (
    <Group title={t('watch.title')} count={people.length}>
      <ul className="list tight">
        {people.map((person) => (
          <li key={person.id}>
            <div className="grow">
              <PersonName person={person} cohortId={cohortId} className="bold" />{' '}
              <span className="t2">{person.gives.slice(0, 3).join(', ')}</span>
            </div>
            <WatchButton cohortId={cohortId} coachId={person.id} name={person.name} />
          </li>
        ))}
      </ul>
    </Group>
  );
}

interface WatchButtonProps {
  cohortId: string;
  coachId: string;
  name: string;
}

/** "Tell me when there is one", and the way back. For fellows, who book for themselves. */
export function WatchButton({ cohortId, coachId, name }: WatchButtonProps) {
  const { t } = useTranslation('coaching');
  const text = useProblemText('coaching');
  const client = useQueryClient();
  const isFellow = useMembership()?.role === 'fellow';
  const key = [...coachingKeys.slots(cohortId), 'watches'];
  const watches = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Page<SlotWatch>>(`/cohorts/${cohortId}/slot-watches`, { signal }),
    enabled: isFellow,
  });
  const button = useRef<HTMLButtonElement>(null);
  const path = `/cohorts/${cohortId}/coaches/${coachId}/watch`;
  const isWatching = watches.data?.items.some((one) => one.coachId === coachId) ?? false;
  const change = useMutation({
    mutationFn: () => (isWatching ? api.delete(path) : api.put(path)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: key });
    },
    onSettled: () => refocus(button.current),
    onError: (error) => {
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
    },
  });
  if (!isFellow || !watches.data) return null;
  return (
    <span className="row">
      {isWatching && <State tone="wait">{t('watch.on')}</State>}
      <Button
        ref={button}
        variant={isWatching ? 'subtle' : 'default'}
        size="sm"
        loading={change.isPending}
        aria-label={t(isWatching ? 'watch.stopNamed' : 'watch.startNamed', { name })}
        onClick={() => change.mutate()}
      >
        {t(isWatching ? 'watch.stop' : 'watch.start')}
      </Button>
    </span>
  );
}
