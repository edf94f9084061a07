import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedGoal } from '../../../../src/contracts/mentoring/goals';
import type { MentoringSession } from '../../../../src/contracts/mentoring/mentoring';
import { useMe } from '../../api/session';
import { Group } from '../../ui/page/Group';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { GoalRow } from './GoalRow';
import { useLiveGoals, useSessionGoals } from './queries';
import { RecordForm } from './RecordForm';
import { SetButton } from './SetButton';

/** The goals of those who meet in a session, where one prepares it and writes its notes. Nothing for who neither reads one nor sets any. */
export default function GoalsOf({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('goals');
  const me = useMe();
  const { id, cohortId, participants, people } = session;
  useLiveGoals(cohortId);
  const query = useSessionGoals(cohortId, id);
  const goals = query.data;
  const meets = people.some((person) => person.id === me.id);
  if (!goals && query.error)
    return (
      <Group className="mt32" title={t('title')}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      </Group>
    );
  if (!goals || (goals.length === 0 && !meets)) return null;
  const isFellow = participants.includes(me.id);
  const others = people.filter((person) => person.id !== me.id && participants.includes(person.id) !== isFellow);
  return (
    <Group
      className="mt32"
      title={t('title')}
      count={goals.length}
      right={
        <Link className="link" to="/c/$cohortId/coaching/goals" params={{ cohortId }}>
          {t('all')}
        </Link>
      }
    >
      {goals.length === 0 && <p className="t2 mt8">{t('empty.session')}</p>}
      <ul className="list tight">
        {goals.map((goal) => (
          <GoalRow key={goal.id} goal={goal}>
            <Recording goal={goal} />
          </GoalRow>
        ))}
      </ul>
      {meets && <SetButton cohortId={cohortId} other={others.length === 1 ? others[0] : undefined} quiet />}
    </Group>
  );
}

/** A button that opens the form in place, and has the focus again when it closes. */
function Recording({ goal }: { goal: ListedGoal }) {
  const { t } = useTranslation('goals');
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (!goal.abilities.record) return null;
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  return (
    <>
      <Button
        ref={opener}
        mt="xs"
        size="sm"
        aria-expanded={open}
        aria-label={t('record.openNamed', { title: goal.title })}
        onClick={() => setOpen(!open)}
      >
        {t('record.open')}
      </Button>
      {open && <RecordForm goal={goal} onDone={close} onCancel={close} />}
    </>
  );
}
