import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PossibleHelper, PossibleHelpers } from '../../../../../src/contracts/forum/asking';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Avatar } from '../../../ui/people/Avatar';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { PersonName } from '../../../ui/people/PersonName';
import { toast, toastProblem } from '../../../ui/toast';

/** Who may know the answer of a question that waits, and why; one press asks them. Nothing where nobody does. */
export default function AskThem({ cohortId, topicId }: { cohortId: string; topicId: string }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const text = useProblemText('forum');
  const [busy, setBusy] = useState(false);
  const path = `/cohorts/${cohortId}/topics/${topicId}/helpers`;
  const queryKey = keys.in(cohortId, 'topics', 'helpers', topicId);
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<PossibleHelpers>(path, { signal }),
    retry: false,
  });
  if (!data || data.items.length === 0) return null;
  const unasked = data.items.filter(({ askedAt }) => askedAt === null);
  const ask = async () => {
    setBusy(true);
    try {
      const userIds = unasked.map(({ person }) => person.id);
      client.setQueryData(queryKey, await api.post<PossibleHelpers>(path, { userIds }));
      toast(t('askThem.asked', { count: unasked.length }));
    } catch (error) {
      toastProblem(text(error));
    }
    setBusy(false);
  };
  return (
    <Group title={t('askThem.title')} className="">
      <ul className="list tight">
        {data.items.map((helper) => (
          <Helper key={helper.person.id} helper={helper} cohortId={cohortId} />
        ))}
      </ul>
      {unasked.length > 0 && (
        <Button className="mt12" loading={busy} onClick={() => void ask()}>
          {t('askThem.act', { count: unasked.length })}
        </Button>
      )}
    </Group>
  );
}

function Helper({
  helper: { person, gives, answers, askedAt },
  cohortId,
}: {
  helper: PossibleHelper;
  cohortId: string;
}) {
  const { t } = useTranslation('forum');
  const reasons = [
    gives !== null && t('askThem.gives', { skill: gives }),
    answers > 0 && t('askThem.answers', { count: answers }),
  ];
  return (
    <li>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={32} withPresence />
      <div className="grow">
        <PersonName person={person} cohortId={cohortId} className="bold" />
        <div className="t2">{reasons.filter(Boolean).join(' · ')}</div>
        {askedAt && <div className="t3 xs">{t('askThem.wasAsked')}</div>}
      </div>
    </li>
  );
}
