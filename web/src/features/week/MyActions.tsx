import { Checkbox } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MyAction } from '../../../../src/contracts/mentoring/mentoring';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import type { Page } from '../../api/types';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDate, formatShortDay } from '../../time/format';
import { daysTo } from '../../time/residency';
import { Group } from '../../ui/page/Group';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../ui/toast';
import classes from './week.module.css';

const key = ['my-actions', 'open'] as const;

/** What I have taken on, the latest due first; ticking one can be taken back for ten seconds. */
export function MyActions({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('week');
  const client = useQueryClient();
  const text = useProblemText();
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<Page<MyAction>>('/me/actions', { query: { state: 'open' }, signal }),
  });
  const actions = (data?.items ?? []).toSorted((a, b) => (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9'));
  const setState = async (action: MyAction, state: 'done' | 'open') => {
    await api.patch(`/cohorts/${action.cohortId}/sessions/${action.sessionId}/actions/${action.id}`, { state });
    await client.invalidateQueries({ queryKey: ['my-actions'] });
  };
  const done = async (action: MyAction) => {
    client.setQueryData<Page<MyAction>>(
      key,
      (page) => page && { ...page, items: page.items.filter((one) => one.id !== action.id) },
    );
    try {
      await setState(action, 'done');
      toastUndo(
        t('actionDone'),
        () => void setState(action, 'open').catch((error: unknown) => toastProblem(text(error))),
      );
    } catch (error) {
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: key });
    }
  };
  if (actions.length === 0) return null;
  return (
    <Group
      title={t('actions')}
      count={actions.length}
      className=""
      right={
        <Link className="link" to="/c/$cohortId/coaching" params={{ cohortId }}>
          {t('toCoaching')}
        </Link>
      }
    >
      <ul className={classes.todo}>
        {actions.map((action) => (
          <li key={action.id}>
            <Checkbox
              checked={false}
              onChange={() => void done(action)}
              label={action.text}
              description={<Due action={action} />}
            />
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Due({ action }: { action: MyAction }) {
  const { t } = useTranslation('week');
  const me = useMe();
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const left = action.dueOn === null ? null : daysTo(today, action.dueOn);
  const due =
    left === null
      ? t('dueNever', { day: formatShortDay(action.createdAt, zone, locale, now) })
      : left < -1 || left > 1
        ? t('dueOn', { day: formatDate(action.dueOn ?? '', locale), late: String(left < 0) })
        : t('dueNear', { near: left < 0 ? 'yesterday' : left === 0 ? 'today' : 'tomorrow' });
  return (
    <>
      <span className={left !== null && left < 0 ? 'state alert' : undefined}>{due}</span>
      {action.coach.id !== me.id && ` · ${t('with', { name: action.coach.name })}`}
    </>
  );
}
