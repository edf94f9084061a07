import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Goal, ListedGoal, RecordMark } from '../../../../src/contracts/mentoring/goals';
import { api } from '../../api/http';
import { useLocale } from '../../time/clock';
import { useClientId, useSubmit } from '../../ui/forms/form';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { NamedReaders } from '../coaching/notes/NamedReaders';
import { useToday } from '../cycles/CycleState';
import classes from './goals.module.css';
import { goalPath, keepGoal } from './queries';

const MAX_WORDS = 300;

interface RecordFormProps {
  goal: ListedGoal;
  onDone?: () => void;
  onCancel?: () => void;
  /** Whether something is typed that is not recorded. */
  onTyped?: (isTyped: boolean) => void;
}

/** Where a goal stands today, or stood on a day before, in a number (or yes and no) and some words; who reads them is named. Of a goal that is over, what was typed can be read only. */
export function RecordForm({ goal, onDone, onCancel, onTyped }: RecordFormProps) {
  const { t } = useTranslation('goals');
  const locale = useLocale();
  const client = useQueryClient();
  const today = useToday();
  const isYesNo = goal.measure.kind === 'yes_no';
  const empty = { on: today, value: isYesNo ? '1' : '', words: '' };
  const form = useForm<{ on: string; value: string | number; words: string }>({
    initialValues: empty,
    onValuesChange: ({ value, words }) => onTyped?.(words !== '' || value !== empty.value),
  });
  const { idOf, done } = useClientId();
  const sending = useSubmit(
    form,
    async ({ on, value, words }) => {
      const mark = { on, value: Number(value), words };
      const body: RecordMark = { ...mark, clientId: idOf(mark) };
      keepGoal(client, await api.post<Goal>(`${goalPath(goal.cohortId, goal.id)}/course`, body));
      done();
      form.setValues(empty);
      onDone?.();
    },
    'goals',
  );
  const unit = goal.measure.kind === 'number' ? goal.measure.unit : '';
  return (
    <form className="stackv g16 mt12" onSubmit={sending.submit} noValidate>
      <div className={classes.fields}>
        {isYesNo ? (
          <NativeSelect
            label={t('record.isReached')}
            data={[
              { value: '1', label: t('yes') },
              { value: '0', label: t('no') },
            ]}
            {...form.getInputProps('value')}
          />
        ) : (
          <NumberInput
            label={unit ? t('record.valueIn', { unit }) : t('record.value')}
            decimalSeparator={locale === 'fr' ? ',' : '.'}
            hideControls
            {...form.getInputProps('value')}
          />
        )}
        <TextInput type="date" label={t('record.on')} max={today} {...form.getInputProps('on')} />
      </div>
      <div>
        <TextInput
          label={t('record.words')}
          maxLength={MAX_WORDS}
          readOnly={!goal.abilities.record}
          {...form.getInputProps('words')}
        />
        <NamedReaders readers={goal.readers} not={t(`not.${goal.audience}`)} />
      </div>
      {!goal.abilities.record && <p role="status">{t('record.over')}</p>}
      <ProblemAlert error={sending.problem} ns="goals" />
      <div className="row">
        <Button
          type="submit"
          variant="filled"
          loading={sending.busy}
          disabled={form.values.value === '' || !goal.abilities.record}
        >
          {t('record.act')}
        </Button>
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
