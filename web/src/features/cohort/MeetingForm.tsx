import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import classes from './cohort.module.css';
import { SaveRow } from './SaveRow';
import { useCohortForm } from './useCohortForm';

const KINDS = ['jitsi', 'bigbluebutton', 'fixed', 'none'] as const;

/** How each session gets its meeting link. */
export function MeetingForm({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const form = useForm({
    initialValues: { meeting: { kind: cohort.meeting.kind, pattern: cohort.meeting.pattern ?? '' } },
  });
  const { kind } = form.values.meeting;
  const { submit, ...state } = useCohortForm(cohort, form, ({ meeting }) => ({
    meeting: { kind: meeting.kind, pattern: meeting.kind === 'none' ? null : meeting.pattern.trim() || null },
  }));
  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt16 ${classes.form}`}>
      <NativeSelect
        label={t('meeting.kind')}
        data={KINDS.map((one) => ({ value: one, label: t(`meeting.kinds.${one}`) }))}
        {...form.getInputProps('meeting.kind')}
      />
      {kind !== 'none' && (
        <TextInput
          label={t('meeting.pattern')}
          description={t(kind === 'fixed' ? 'meeting.fixedHelp' : 'meeting.patternHelp', { part: '{session}' })}
          type="url"
          {...form.getInputProps('meeting.pattern')}
        />
      )}
      <SaveRow act={t('meeting.act')} dirty={form.isDirty()} {...state} />
    </form>
  );
}
