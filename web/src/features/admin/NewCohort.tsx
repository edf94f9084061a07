import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Cohort } from '../../api/types';
import { deviceZone, useLocale } from '../../time/clock';
import { countryChoices } from '../../ui/forms/countries';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { ZoneSelect } from '../../ui/forms/ZoneSelect';
import { cohortsKey } from './key';

/** A cohort from the ten-month template: phases, milestones and channels come with it. */
export default function NewCohort({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const locale = useLocale();
  const form = useForm({
    initialValues: { name: '', startsOn: '', months: 10, timeZone: deviceZone(), locale, country: 'FR', asTeam: true },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      const cohort = await api.post<Cohort>('/cohorts', values);
      await Promise.all([
        client.invalidateQueries({ queryKey: cohortsKey }),
        client.refetchQueries({ queryKey: keys.me }),
      ]);
      onClose();
      await navigate({ to: '/c/$cohortId/settings', params: { cohortId: cohort.id } });
    },
    'admin',
  );
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
        data={countryChoices(locale, form.values.country)}
        {...form.getInputProps('country')}
      />
      <Checkbox
        label={t('form.asTeam')}
        description={t('form.asTeamHelp')}
        {...form.getInputProps('asTeam', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
