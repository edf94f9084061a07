import { NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { OfferedTimes, OfferTimes } from '../../../../src/contracts/selection/interviews';
import { zoneWords } from '../../time/format';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';
import { TimeField } from '../../ui/forms/TimeField';
import { toast } from '../../ui/toast';
import classes from './interviews.module.css';

interface OfferDialogProps {
  panel: { name: string; minutes: number };
  timeZone: string;
  offer: (body: OfferTimes) => Promise<OfferedTimes>;
  onClose: () => void;
}

/** Offers times of a panel on one day: one interview after the other, with a break after each. */
export default function OfferDialog({ panel, timeZone, offer, onClose }: OfferDialogProps) {
  const { t } = useTranslation('interviews');
  const fieldText = useFieldText('interviews');
  const form = useForm<OfferTimes & Record<string, unknown>>({
    initialValues: { on: '', from: '09:00', until: '12:00', pauseMinutes: 10 },
    validate: { on: (day) => (day === '' ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      const { offered } = await offer(values);
      toast(t('offer.done', { count: offered }));
      onClose();
    },
    'interviews',
  );
  return (
    <FormDialog
      title={t('offer.title', { panel: panel.name })}
      act={t('offer.act')}
      ns="interviews"
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('offer.what', { minutes: panel.minutes, zone: zoneWords(timeZone) })}</p>
      <TextInput type="date" label={t('offer.on')} data-path="on" {...form.getInputProps('on')} />
      <div className={classes.fields}>
        <TimeField
          label={t('offer.from')}
          data-path="from"
          value={form.values.from}
          error={form.errors['from']}
          onChange={(time) => form.setFieldValue('from', time)}
        />
        <TimeField
          label={t('offer.until')}
          data-path="until"
          value={form.values.until}
          error={form.errors['until']}
          onChange={(time) => form.setFieldValue('until', time)}
        />
        <NumberInput
          label={t('offer.pause')}
          min={0}
          max={120}
          step={5}
          allowDecimal={false}
          w={160}
          data-path="pauseMinutes"
          {...form.getInputProps('pauseMinutes')}
        />
      </div>
    </FormDialog>
  );
}
