import { useDebouncedValue } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Availability } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { Problem, type FieldProblem } from '../../../api/problem';
import { useMe, useMembership } from '../../../api/session';
import { Empty } from '../../../ui/page/Empty';
import { refocus } from '../../../ui/page/focus';
import { useFieldText } from '../../../ui/forms/form';
import { LeaveGuard } from '../../../ui/forms/LeaveGuard';
import { PageHeader } from '../../../ui/page/PageHeader';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { SaveButton } from '../../../ui/forms/SaveButton';
import { State } from '../../../ui/page/State';
import { AwayTimes } from './AwayTimes';
import { CoachTabs } from '../CoachingTabs';
import classes from '../coaching.module.css';
import { Exceptions } from './Exceptions';
import { Kinds } from './Kinds';
import { Limits } from './Limits';
import { OutsideCalendars } from './OutsideCalendars';
import { Preview } from './Preview';
import { coachingKeys, useAvailability, useLiveCoaching } from '../queries';
import { WeeklyHours } from './WeeklyHours';

const PAUSE_MS = 300;

/** A coach's hours and limits, beside what a fellow sees of them. */
export default function AvailabilityPage() {
  const { t } = useTranslation('coaching');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/availability' });
  const me = useMe();
  const isCoach = useMembership()?.role === 'coach';
  useLiveCoaching(cohortId);
  const saved = useAvailability(cohortId, me.id, isCoach);
  if (!isCoach)
    return (
      <div className="page">
        <PageHeader title={t('availability.title')} />
        <Empty title={t('empty.coachOnly')} />
      </div>
    );
  return (
    <div className="page">
      <QueryBoundary query={saved}>{(data) => <Editor cohortId={cohortId} saved={data} />}</QueryBoundary>
    </div>
  );
}

function Editor({ cohortId, saved }: { cohortId: string; saved: Availability }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const client = useQueryClient();
  const fieldText = useFieldText('coaching');
  const [draft, setDraft] = useState(saved);
  const [problem, setProblem] = useState<unknown>(null);
  const [wrong, setWrong] = useState<FieldProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const [shown] = useDebouncedValue(draft, PAUSE_MS);
  const unsaved = JSON.stringify(draft) !== JSON.stringify(saved);
  const change = (part: Partial<Availability>) => setDraft({ ...draft, ...part });
  const errorAt = (field: string) => {
    const found = wrong.find((one) => one.field === field || one.field.startsWith(`${field}/`));
    return found && fieldText(found.code, found.params);
  };

  const save = async () => {
    const focused = document.activeElement;
    setBusy(true);
    setProblem(null);
    try {
      const fresh = await api.put<Availability>(`/cohorts/${cohortId}/coaches/${me.id}/availability`, draft);
      client.setQueryData(coachingKeys.availability(cohortId, me.id), fresh);
      // What was changed meanwhile stays, and is not saved yet.
      setDraft((now) => (now === draft ? fresh : now));
      await client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
    } catch (error) {
      if (error instanceof Problem && error.status === 422) setWrong(error.errors);
      else setProblem(error);
    } finally {
      setBusy(false);
      refocus(focused);
    }
  };

  return (
    <>
      <PageHeader title={t('availability.title')} lead={t('availability.lead')} />
      <CoachTabs cohortId={cohortId} at="availability" />
      <div className={classes.avGrid}>
        <div>
          <WeeklyHours draft={draft} onChange={change} errorAt={errorAt} />
          <Limits draft={draft} onChange={change} errorAt={errorAt} />
          <Kinds draft={draft} onChange={change} errorAt={errorAt} />
          <Exceptions draft={draft} onChange={change} errorAt={errorAt} />
          <AwayTimes draft={draft} onChange={change} errorAt={errorAt} />
          <OutsideCalendars cohortId={cohortId} />
        </div>
        <Preview cohortId={cohortId} availability={shown} onProblems={setWrong} />
      </div>
      <div className="save-bar">
        {problem !== null && <ProblemAlert error={problem} ns="coaching" />}
        <div className="row wrap g12">
          <SaveButton dirty={unsaved} busy={busy} onClick={() => void save()}>
            {t('availability.save')}
          </SaveButton>
          <span role="status">
            {unsaved ? (
              <State tone="wait">{t('availability.unsaved')}</State>
            ) : (
              <State tone="ok">{t('common:saved')}</State>
            )}
          </span>
          {wrong.length > 0 && (
            <p className="state alert" role="alert">
              {t('availability.wrong', { count: wrong.length })}
            </p>
          )}
        </div>
      </div>
      <LeaveGuard unsaved={unsaved} />
    </>
  );
}
