import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../api/types';
import { Icon } from '../../ui/Icon';
import classes from './cohort.module.css';
import { SaveRow } from './SaveRow';
import { useCohortForm } from './useCohortForm';

const MOST = 40;

/** When the programme rests: reminders that can wait do, as on public holidays. */
export function PausesForm({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const form = useForm({ initialValues: { pauses: cohort.pauses } });
  const { submit, ...state } = useCohortForm(cohort, form, ({ pauses }) => ({ pauses }));
  const { pauses } = form.values;
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
      <SaveRow act={t('pauses.act')} dirty={form.isDirty()} {...state} />
    </form>
  );
}
