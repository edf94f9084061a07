import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import type { Cohort } from '../../api/types';
import { deviceZone, useLocale } from '../../time/clock';
import { FormDialog } from '../../ui/FormDialog';
import { useSubmit } from '../../ui/form';
import { ZoneSelect } from '../../ui/ZoneSelect';
import { cohortsKey } from './key';

/** Countries whose public holidays the template skips; others can be set by the API. */
const COUNTRIES = ['FR', 'BE', 'CH', 'LU', 'CA', 'DE', 'ES', 'IT', 'PT', 'NL', 'GB', 'IE', 'US'] as const;

/** A cohort from the ten-month template: phases, milestones and channels come with it. */
export default function NewCohort({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const locale = useLocale();
  const form = useForm({
    initialValues: { name: '', startsOn: '', months: 10, timeZone: deviceZone(), locale, country: 'FR' },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      const cohort = await api.post<Cohort>('/cohorts', values);
      await client.invalidateQueries({ queryKey: cohortsKey });
      onClose();
      await navigate({ to: '/c/$cohortId/settings', params: { cohortId: cohort.id } });
    },
    'admin',
  );
  const countries = new Intl.DisplayNames([locale], { type: 'region' });
  return (
    <FormDialog title={t('new')} act={t('form.act')} ns="admin" onClose={onClose} {...sending}>
      <p className="t2">{t('form.template')}</p>
      <TextInput label={t('form.name')} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('form.startsOn')} type="date" {...form.getInputProps('startsOn')} />
      <NumberInput label={t('form.months')} min={1} max={24} {...form.getInputProps('months')} />
      <ZoneSelect
        label={t('form.zone')}
        hint={(time) => t('form.zoneHelp', { time })}
        {...form.getInputProps('timeZone')}
      />
      <NativeSelect
        label={t('form.locale')}
        data={(['en', 'fr'] as const).map((one) => ({ value: one, label: t(`common:languages.${one}`) }))}
        {...form.getInputProps('locale')}
      />
      <NativeSelect
        label={t('form.country')}
        description={t('form.countryHelp')}
        data={COUNTRIES.map((code) => ({ value: code, label: countries.of(code) ?? code }))}
        {...form.getInputProps('country')}
      />
    </FormDialog>
  );
}
