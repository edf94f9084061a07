import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChangeGoal, Goal, GoalReaders, Measure, SetGoal } from '../../../../src/contracts/mentoring/goals';
import type { NoteAudience } from '../../../../src/contracts/mentoring/mentoring';
import type { Person } from '../../../../src/contracts/primitives';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { useLocale } from '../../time/clock';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useClientId, useSubmit } from '../../ui/forms/form';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { PersonSelect } from '../../ui/people/PersonSelect';
import { NamedReaders } from '../coaching/notes/NamedReaders';
import { narrowed } from '../coaching/notes/note-audiences';
import classes from './goals.module.css';
import { goalPath, keepGoal, useGoalReaders } from './queries';

const MAX = { title: 120, why: 1000, unit: 40 };

interface GoalDialogProps {
  cohortId: string;
  /** What I am of the two. */
  role: 'fellow' | 'coach';
  /** With whom, where that is known. */
  other?: Person | undefined;
  /** The one that is changed; else a new one is set. */
  goal?: Goal;
  onClose: () => void;
}

interface Fields extends Record<string, unknown> {
  other: string | null;
  title: string;
  why: string;
  kind: Measure['kind'];
  unit: string;
  start: number | string;
  target: number | string;
  until: string;
  audience: NoteAudience;
}

/** Sets a goal, or changes one of mine: what for, how it is measured, until when, and who reads it, named before anything is saved. */
export default function GoalDialog({ cohortId, role, other, goal, onClose }: GoalDialogProps) {
  const { t } = useTranslation(['goals', 'coaching']);
  const locale = useLocale();
  const client = useQueryClient();
  const field = role === 'fellow' ? 'coachId' : 'fellowId';
  const { idOf } = useClientId();
  const form = useForm<Fields>({ initialValues: valuesOf(goal, other) });
  const { values } = form;
  const now = useGoalReaders(cohortId, values.other);
  const audiences = goal ? narrowerOf(goal, now.data ?? onlyMine(goal, now.isError)) : (now.data ?? []);
  const readers = audiences.find(({ audience }) => audience === values.audience)?.readers;
  const sending = useSubmit(
    form,
    async (sent) => {
      const words = { title: sent.title, why: sent.why, until: sent.until || null };
      const measure = measureOf(sent);
      const send = () => {
        if (!goal) {
          const body: SetGoal = {
            [field]: sent.other ?? undefined,
            ...words,
            measure,
            audience: sent.audience,
          };
          return api.post<Goal>(`/cohorts/${cohortId}/goals`, { ...body, clientId: idOf(body) });
        }
        const { revision, audience, abilities } = goal;
        const body: ChangeGoal = {
          ...{ ...words, revision },
          ...(abilities.changeMeasure && { measure }),
          ...(sent.audience !== audience && { audience: sent.audience }),
        };
        return api.patch<Goal>(goalPath(cohortId, goal.id), body);
      };
      try {
        keepGoal(client, await send());
        onClose();
      } catch (error) {
        if (isProblem(error, 'stale') && error.extras.now) keepGoal(client, error.extras.now as Goal);
        throw error;
      }
    },
    'goals',
  );
  const number = { decimalSeparator: locale === 'fr' ? ',' : '.', hideControls: true };
  const isMeasured = values.kind === 'yes_no' || (values.start !== '' && values.target !== '');
  const measureStays = goal !== undefined && !goal.abilities.changeMeasure;
  return (
    <FormDialog
      title={t(goal ? 'set.change' : 'set.title')}
      act={t(goal ? 'set.save' : 'set.act')}
      ns="goals"
      isKept={form.isDirty()}
      isReady={values.other !== null && values.title.trim() !== '' && isMeasured && audiences.length > 0}
      onClose={onClose}
      {...sending}
    >
      {!goal && (
        <PersonSelect
          cohortId={cohortId}
          role={role === 'fellow' ? 'coach' : 'fellow'}
          label={t(role === 'fellow' ? 'set.coach' : 'set.fellow')}
          chosen={other}
          data-autofocus={!other || undefined}
          {...form.getInputProps('other')}
          error={form.errors[field]}
        />
      )}
      <TextInput
        label={t('set.name')}
        description={t('set.nameHelp')}
        maxLength={MAX.title}
        data-autofocus={Boolean(other ?? goal) || undefined}
        {...form.getInputProps('title')}
      />
      <Textarea
        label={t('set.why')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={MAX.why}
        {...form.getInputProps('why')}
      />
      {measureStays ? (
        <p className="t2">{t('set.measureStays')}</p>
      ) : (
        <>
          <NativeSelect
            label={t('set.measure')}
            data={(['number', 'yes_no'] as const).map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            {...form.getInputProps('kind')}
          />
          {values.kind === 'number' && (
            <div className={classes.fields}>
              <NumberInput
                label={t('set.start')}
                {...number}
                {...form.getInputProps('start')}
                error={form.errors['measure.start']}
              />
              <NumberInput
                label={t('set.target')}
                {...number}
                {...form.getInputProps('target')}
                error={form.errors['measure.target']}
              />
              <TextInput
                label={t('set.unit')}
                placeholder={t('set.unitHint')}
                maxLength={MAX.unit}
                {...form.getInputProps('unit')}
              />
            </div>
          )}
        </>
      )}
      <TextInput type="date" label={t('set.until')} {...form.getInputProps('until')} />
      {!goal && values.other !== null && (
        <QueryBoundary query={now} ns="goals">
          {() => null}
        </QueryBoundary>
      )}
      {audiences.length > 0 && (
        <div>
          <NativeSelect
            label={t('set.who')}
            data={audiences.map(({ audience }) => ({
              value: audience,
              label: t(`coaching:audience.${audience}.name`),
            }))}
            {...form.getInputProps('audience')}
          />
          {readers && <NamedReaders readers={readers} not={t(`not.${values.audience}`)} />}
        </div>
      )}
    </FormDialog>
  );
}

/** Narrower ones for which everybody who wrote in its course and reads it goes on reading. */
const narrowerOf = (goal: Goal, audiences: GoalReaders['audiences']): GoalReaders['audiences'] =>
  narrowed(goal, audiences).filter(({ readers }) => isWithWriters(goal, readers));

const isWithWriters = ({ course, readers }: Goal, fewer: readonly Person[]): boolean =>
  course.every(({ by }) => fewer.some(({ id }) => id === by.id) || readers.every(({ id }) => id !== by.id));

/** Where nobody can say any more who the others would be, since one of the two is gone: it can still be for its author alone. */
const onlyMine = ({ readers, authorId }: Goal, isUnknown: boolean): GoalReaders['audiences'] =>
  isUnknown ? [{ audience: 'me', readers: readers.filter(({ id }) => id === authorId) }] : [];

function valuesOf(goal: Goal | undefined, other: Person | undefined): Fields {
  const { measure } = goal ?? {};
  const isNumber = measure?.kind === 'number';
  const [mine] = goal ? [goal.authorId === goal.coach.id ? goal.fellow : goal.coach] : [other];
  return {
    other: mine?.id ?? null,
    title: goal?.title ?? '',
    why: goal?.why ?? '',
    kind: measure?.kind ?? 'number',
    unit: isNumber ? measure.unit : '',
    start: isNumber ? measure.start : goal ? '' : 0,
    target: isNumber ? measure.target : '',
    until: goal?.until ?? '',
    audience: goal?.audience ?? 'participants',
  };
}

const measureOf = ({ kind, unit, start, target }: Fields): Measure =>
  kind === 'yes_no' ? { kind } : { kind, unit, start: Number(start), target: Number(target) };
