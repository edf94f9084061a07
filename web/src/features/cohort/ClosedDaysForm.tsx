import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { useClosedDays } from '../../ui/times/closed-days';
import { countryChoices } from '../../ui/forms/countries';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import classes from './cohort.module.css';
import { SaveRow } from './SaveRow';
import { StandingThen } from './StandingThen';
import { useCohortForm } from './useCohortForm';

const MOST = 40;

/** When the cohort is closed: pauses of its programme beside the public holidays of its country, and what stands on those days. */
export function ClosedDaysForm({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const locale = useLocale();
  const form = useForm({ initialValues: { pauses: cohort.pauses, country: cohort.country } });
  const { submit, ...state } = useCohortForm(cohort, form, (values) => values);
  const { pauses, country } = form.values;
  // What is not changed is asked as it is kept: of a country that nobody knows, too.
  const other = country === cohort.country ? undefined : country;
  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt16 ${classes.form}`}>
      <p className="t2">{t('pauses.help')}</p>
      {pauses.map((pause, index) => (
        <fieldset key={index} className={classes.pause} aria-label={pause.name || t('pauses.one', { n: index + 1 })}>
          <TextInput label={t('pauses.name')} maxLength={60} {...form.getInputProps(`pauses.${index}.name`)} />
          <TextInput label={t('pauses.from')} type="date" {...form.getInputProps(`pauses.${index}.from`)} />
          <TextInput label={t('pauses.to')} type="date" {...form.getInputProps(`pauses.${index}.to`)} />
          <ActionIcon
            variant="subtle"
            size="lg"
            aria-label={t('pauses.remove', { name: pause.name || t('pauses.one', { n: index + 1 }) })}
            onClick={() => form.removeListItem('pauses', index)}
          >
            <Icon of={IconX} />
          </ActionIcon>
        </fieldset>
      ))}
      {pauses.length < MOST && (
        <div>
          <Button
            variant="default"
            leftSection={<Icon of={IconPlus} />}
            onClick={() => form.insertListItem('pauses', { name: '', from: '', to: '' })}
          >
            {t('pauses.add')}
          </Button>
        </div>
      )}
      <NativeSelect
        label={t('pauses.country')}
        data={countryChoices(locale, country)}
        {...form.getInputProps('country')}
      />
      <Holidays cohortId={cohort.id} country={other} />
      <StandingThen cohortId={cohort.id} pauses={pauses} country={other} />
      <SaveRow act={t('pauses.act')} dirty={form.isDirty()} {...state} />
    </form>
  );
}

/** The public holidays of the residency, in a pause or not. */
function Holidays({ cohortId, country }: { cohortId: string; country: string | undefined }) {
  const { t } = useTranslation('cohort');
  const locale = useLocale();
  const { data, error } = useClosedDays(cohortId, country);
  if (error) return <ProblemAlert error={error} ns="cohort" />;
  if (!data) return null;
  if (data.holidays.length === 0) return <p className="t2">{t('pauses.noHolidays')}</p>;
  return (
    <details>
      <summary className="med">{t('pauses.holidays', { count: data.holidays.length })}</summary>
      <ul className={`${classes.days} mt8`}>
        {data.holidays.map(({ on, name }) => (
          <li key={on}>
            <span className="t2">{formatFullDate(on, locale)}</span>
            <span>{name}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
