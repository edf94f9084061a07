import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeGoal, Goal, GoalState } from '../../../../src/contracts/mentoring/goals';
import { api } from '../../api/http';
import { isMissing } from '../../api/problem';
import { useMe } from '../../api/session';
import { listOf } from '../../i18n/list-of';
import { useLocale } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { keepFocus } from '../../ui/page/focus';
import { Group } from '../../ui/page/Group';
import { lazyPart } from '../../ui/page/lazy-part';
import { NotFound } from '../../ui/page/NotFound';
import { PageHeader } from '../../ui/page/PageHeader';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Avatar } from '../../ui/people/Avatar';
import { PersonName } from '../../ui/people/PersonName';
import { When } from '../../ui/times/When';
import { toastProblem } from '../../ui/toast';
import { Course } from './Course';
import { GoalStanding } from './GoalStanding';
import { useGoalWords } from './goal-words';
import classes from './goals.module.css';
import { goalKeys, goalPath, keepGoal, useGoal, useLiveGoals } from './queries';
import { RecordForm } from './RecordForm';

const GoalDialog = lazyPart(() => import('./GoalDialog'));
const CoachDialog = lazyPart(() => import('./CoachDialog'));

/** One goal: why, its course, where one says how it stands, who reads it, and what one may do. */
export default function GoalPage() {
  const { cohortId, goalId } = useParams({ from: '/shell/c/$cohortId/coaching/goals/$goalId' });
  const query = useGoal(cohortId, goalId);
  useLiveGoals(cohortId);
  return (
    <div className="page">
      {/* It may be another coach's while one reads it. */}
      {isMissing(query.error) ? (
        <NotFound />
      ) : (
        <QueryBoundary query={query}>{(goal) => <GoalView key={goal.id} goal={goal} />}</QueryBoundary>
      )}
    </div>
  );
}

function GoalView({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  const { cohortId, title, why, abilities } = goal;
  // The other one may end the goal while one types.
  const [isTyped, setTyped] = useState(false);
  return (
    <>
      <PageHeader
        title={title}
        crumbs={[
          { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
          { label: t('title'), link: { to: '/c/$cohortId/coaching/goals', params: { cohortId } } },
          { label: t('crumb') },
        ]}
        lead={<GoalStanding goal={goal} />}
      >
        <Acts goal={goal} />
      </PageHeader>
      <div className="two wide">
        <div>
          {why && (
            <Group className="" title={t('why')}>
              <p className={`${classes.why} mt12`}>{why}</p>
            </Group>
          )}
          <Group className={why ? 'mt32' : ''} title={t('course.title')} count={goal.course.length}>
            <Course goal={goal} />
          </Group>
          {(abilities.record || isTyped) && (
            <Group className="mt32" title={t('record.title')}>
              <RecordForm goal={goal} onTyped={setTyped} />
            </Group>
          )}
        </div>
        <aside className="side">
          <Facts goal={goal} />
        </aside>
      </div>
    </>
  );
}

function Acts({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  const me = useMe();
  const client = useQueryClient();
  const problemText = useProblemText('goals');
  const [changing, setChanging] = useState(false);
  const [goingOn, setGoingOn] = useState(false);
  const { id, cohortId, state, revision, abilities } = goal;
  const settle = async (to: GoalState) => {
    const body: ChangeGoal = { state: to, revision };
    try {
      keepGoal(client, await api.patch<Goal>(goalPath(cohortId, id), body));
      keepFocus();
    } catch (error) {
      toastProblem(problemText(error));
      await client.invalidateQueries({ queryKey: goalKeys.all(cohortId) });
    }
  };
  return (
    <>
      {abilities.edit && <Button onClick={() => setChanging(true)}>{t('set.open')}</Button>}
      {abilities.changeCoach && <Button onClick={() => setGoingOn(true)}>{t('goOn.open')}</Button>}
      {abilities.settle && state === 'open' && (
        <>
          <Button onClick={() => void settle('dropped')}>{t('acts.dropped')}</Button>
          <Button variant="filled" onClick={() => void settle('reached')}>
            {t('acts.reached')}
          </Button>
        </>
      )}
      {abilities.settle && state !== 'open' && <Button onClick={() => void settle('open')}>{t('acts.open')}</Button>}
      {goingOn && (
        <Part lost="over">
          <CoachDialog goal={goal} onClose={() => setGoingOn(false)} />
        </Part>
      )}
      {changing && (
        <Part lost="over">
          <GoalDialog
            cohortId={cohortId}
            role={me.id === goal.coach.id ? 'coach' : 'fellow'}
            goal={goal}
            onClose={() => setChanging(false)}
          />
        </Part>
      )}
    </>
  );
}

function Facts({ goal }: { goal: Goal }) {
  const { t } = useTranslation('goals');
  const me = useMe();
  const locale = useLocale();
  const { wayOf } = useGoalWords(goal);
  const { cohortId, coach, authorId, readers, createdAt } = goal;
  const onlyMe = readers.length === 1 && readers[0]?.id === me.id;
  const names = readers.map(({ id, name }) => (id === me.id ? t('you') : name));
  return (
    <Group title={t('facts.title')} className="">
      <ul className="list tight">
        {(['fellow', 'coach'] as const).map((part) => (
          <li key={part}>
            <Avatar id={goal[part].id} name={goal[part].name} url={goal[part].avatarUrl} size={32} withPresence />
            <div className="grow">
              <span className="t2 xs">{t(`facts.${part}`)}</span>
              <div>
                <PersonName person={goal[part]} cohortId={cohortId} you className="bold" />
              </div>
            </div>
          </li>
        ))}
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.measure')}</span>
            <div>{wayOf}</div>
          </div>
        </li>
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.set')}</span>
            <div>
              <PersonName person={authorId === coach.id ? coach : goal.fellow} you />, <When at={createdAt} />
            </div>
          </div>
        </li>
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.readers')}</span>
            <div className="row g4">
              <Icon of={onlyMe ? IconLock : IconEye} size={14} />
              {onlyMe ? t('onlyYou') : listOf(names, locale)}
            </div>
          </div>
        </li>
      </ul>
    </Group>
  );
}
