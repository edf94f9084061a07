import { NativeSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { InterviewPanel, PanelInterview } from '../../../../src/contracts/selection/interviews';
import { useLocale, useNow } from '../../time/clock';
import { formatRange, formatShortDay, zoneWords } from '../../time/format';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { toast } from '../../ui/toast';
import { type OfCall, useInterviewActs } from './queries';
import { freeTimes } from './times';

interface SetTimeDialogProps {
  of: OfCall;
  panel: InterviewPanel;
  interview: PanelInterview;
  timeZone: string;
  onClose: () => void;
}

/** A time for somebody who asks staff: one of those that are free, with the letter of their own choice. */
export default function SetTimeDialog({ of, panel, interview, timeZone, onClose }: SetTimeDialogProps) {
  const { t } = useTranslation('interviews');
  const locale = useLocale();
  const now = useNow();
  const fieldText = useFieldText('interviews');
  const { setTime } = useInterviewActs(of);
  const form = useForm({
    initialValues: { timeId: '' },
    validate: { timeId: (id) => (id === '' ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async ({ timeId }) => {
      await setTime(interview.id, timeId);
      toast(t('set.done'));
      onClose();
    },
    'interviews',
  );
  return (
    <FormDialog
      title={t('set.title', { name: interview.name || interview.number })}
      act={t(interview.startsAt ? 'set.move' : 'set.act')}
      ns="interviews"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('set.what', { zone: zoneWords(timeZone) })}</p>
      <NativeSelect
        label={t('set.time')}
        data-path="timeId"
        data={[
          { value: '', label: t('set.pick') },
          ...freeTimes(panel, now).map(({ id, startsAt, endsAt }) => ({
            value: id,
            label: t('files.at', {
              day: formatShortDay(startsAt, timeZone, locale),
              time: formatRange(startsAt, endsAt, timeZone, locale),
            }),
          })),
        ]}
        {...form.getInputProps('timeId')}
      />
    </FormDialog>
  );
}
