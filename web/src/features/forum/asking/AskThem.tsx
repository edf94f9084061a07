import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PossibleHelper, PossibleHelpers } from '../../../../../src/contracts/forum/asking';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useBooks, useMembership } from '../../../api/session';
import { ButtonLink } from '../../../ui/ButtonLink';
import { Avatar } from '../../../ui/people/Avatar';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { PersonName } from '../../../ui/people/PersonName';
import { toast, toastProblem } from '../../../ui/toast';

interface AskThemProps {
  cohortId: string;
  topicId: string;
  isMine: boolean;
}

/** Who may help with a question that waits: who may know the answer, and for a fellow who asked it a coach's help desk. */
export default function AskThem({ cohortId, topicId, isMine }: AskThemProps) {
  const isFellow = useMembership()?.role === 'fellow';
  const books = useBooks() && isFellow;
  return (
    <>
      <WhoMayKnow cohortId={cohortId} topicId={topicId} />
      {isMine && books && <HelpDesk cohortId={cohortId} topicId={topicId} />}
    </>
  );
}

/** Leads to the free hours of help desks, where the question is the need already. */
function HelpDesk({ cohortId, topicId }: { cohortId: string; topicId: string }) {
  const { t } = useTranslation('forum');
  return (
    <Group title={t('helpDesk.title')}>
      <p className="t2 mt4">{t('helpDesk.what')}</p>
      <ButtonLink
        className="mt12"
        to="/c/$cohortId/coaching"
        params={{ cohortId }}
        search={{ tab: 'slots', topic: topicId } as never}
      >
        {t('helpDesk.act')}
      </ButtonLink>
    </Group>
  );
}

/** Who may know, and why; one press asks them. Who was asked enough is named, too, so that nobody wonders where they are. Nothing where nobody does. */
function WhoMayKnow({ cohortId, topicId }: { cohortId: string; topicId: string }) {
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
  if (!data || data.items.length + data.spared.length === 0) return null;
  const unasked = data.items.filter(({ askedAt }) => askedAt === null);
  const ask = async () => {
    setBusy(true);
    try {
      const userIds = unasked.map(({ person }) => person.id);
      const now = await api.post<PossibleHelpers>(path, { userIds });
      client.setQueryData(queryKey, now);
      // Who was asked for other questions at this moment is spared by now.
      const count = now.items.filter(({ person, askedAt }) => askedAt !== null && userIds.includes(person.id)).length;
      if (count > 0) toast(t('askThem.asked', { count }));
    } catch (error) {
      toastProblem(text(error));
    }
    setBusy(false);
  };
  return (
    <Group title={t('askThem.title')} className="">
      {data.items.length > 0 && (
        <ul className="list tight">
          {data.items.map((helper) => (
            <Helper key={helper.person.id} helper={helper} cohortId={cohortId} />
          ))}
        </ul>
      )}
      {data.spared.map(({ id, name }) => (
        <p key={id} className="t3 xs mt8">
          {t('askThem.spared', { name })}
        </p>
      ))}
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
