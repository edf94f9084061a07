import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import { ZoneSelect } from '../../ui/forms/ZoneSelect';
import { ColourChoice } from './ColourChoice';
import classes from './cohort.module.css';
import { SaveRow } from './SaveRow';
import { useCohortForm } from './useCohortForm';

/** Name, colour, zone and language. */
export function GeneralForm({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const form = useForm({
    initialValues: { name: cohort.name, color: cohort.color, timeZone: cohort.timeZone, locale: cohort.locale },
  });
  const { submit, ...state } = useCohortForm(cohort, form, (values) => values);
  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt16 ${classes.form}`}>
      <TextInput label={t('general.name')} {...form.getInputProps('name')} />
      <ColourChoice value={form.values.color} onChange={(color) => form.setFieldValue('color', color)} />
      <div className={classes.pair}>
        <ZoneSelect
          label={t('general.zone')}
          hint={(time) => t('general.zoneHelp', { time })}
          {...form.getInputProps('timeZone')}
        />
        <NativeSelect
          label={t('general.locale')}
          description={t('general.localeHelp')}
          data={(['en', 'fr'] as const).map((locale) => ({ value: locale, label: t(`common:languages.${locale}`) }))}
          {...form.getInputProps('locale')}
        />
      </div>
      <SaveRow act={t('general.act')} dirty={form.isDirty()} {...state} />
    </form>
  );
}
