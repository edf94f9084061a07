import { Checkbox } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MyAction } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { useNow } from '../../../time/clock';
import { Empty } from '../../../ui/page/Empty';
import { Group } from '../../../ui/page/Group';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toastProblem, toastUndo } from '../../../ui/toast';
import { useChoice } from '../../../ui/forms/useChoice';
import { ActionAge } from './ActionAge';
import classes from '../coaching.module.css';
import { coachingKeys, useMyActions } from '../queries';

/** What I took on in sessions of all my cohorts and have not done yet. */
export function MyActions() {
  const { t } = useTranslation('coaching');
  return (
    <QueryBoundary query={useMyActions()}>
      {(actions) =>
        actions.length === 0 ? (
          <Empty title={t('empty.actions.title')}>{t('empty.actions.what')}</Empty>
        ) : (
          <Group title={t('actions.mine')} count={actions.length}>
            <ul className={classes.todo}>
              {actions.map((action) => (
                <Item key={action.id} action={action} />
              ))}
            </ul>
          </Group>
        )
      }
    </QueryBoundary>
  );
}

function Item({ action }: { action: MyAction }) {
  const { t } = useTranslation('coaching');
  const now = useNow();
  const client = useQueryClient();
  const text = useProblemText('coaching');
  const { cohortId, sessionId, id } = action;
  const path = `/cohorts/${cohortId}/sessions/${sessionId}/actions/${id}`;
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: coachingKeys.mine });
    await client.invalidateQueries({ queryKey: coachingKeys.all(cohortId) });
  };
  const reopen = () =>
    void api.patch(path, { state: 'open' }).then(refresh, (error: unknown) => toastProblem(text(error)));
  const finish = async () => {
    await api.patch(path, { state: 'done' });
    toastUndo(t('actions.done', { text: action.text }), reopen);
    await refresh();
  };
  const { value: isDone, choose, busy } = useChoice(false, finish, text);
  return (
    <li>
      <Checkbox
        aria-label={t('actions.check', { text: action.text })}
        checked={isDone}
        onChange={() => busy || choose(true)}
      />
      <div className="grow">
        <Link className="title" to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId }}>
          {action.text}
        </Link>
        <div className="xs t3">
          {t('actions.coach', { name: action.coach.name })} · <ActionAge action={action} now={now} />
        </div>
      </div>
    </li>
  );
}
