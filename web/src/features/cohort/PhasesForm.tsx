import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Phase } from '../../../../src/contracts/cohorts/cohorts';
import type { Cohort } from '../../api/types';
import { WhatIf } from '../reminders/what-if/lazy';
import classes from './cohort.module.css';
import { PhaseMoves } from './PhaseMoves';
import { SaveRow } from './SaveRow';
import { useCohortForm } from './useCohortForm';
import { Part } from '../../ui/forms/Part';

/** The four phases. Moving an end moves the next start: there are no gaps to close by hand. */
export function PhasesForm({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const form = useForm({
    initialValues: {
      phases: cohort.phases.map((phase) => ({ ...phase, name: phase.name ?? '' })),
      keepMilestones: false,
    },
  });
  const { submit, ...state } = useCohortForm(cohort, form, ({ phases, keepMilestones }) => ({
    phases: named(phases),
    ...(keepMilestones && { keepMilestones }),
  }));
  const { phases, keepMilestones } = form.values;
  const isDirty = form.isDirty('phases');

  const setEnd = (index: number, endsOn: string) => {
    form.setFieldValue(`phases.${index}.endsOn`, endsOn);
    if (endsOn && index + 1 < phases.length) {
      form.setFieldValue(`phases.${index + 1}.startsOn`, Temporal.PlainDate.from(endsOn).add({ days: 1 }).toString());
    }
  };

  return (
    <form onSubmit={submit} noValidate className={`stackv g16 mt16 ${classes.form}`}>
      {phases.map((phase, index) => (
        <fieldset key={phase.key} className={classes.phase} aria-label={t(`common:phases.${phase.key}`)}>
          <TextInput
            label={t('phases.name', { n: index + 1 })}
            placeholder={t(`common:phases.${phase.key}`)}
            {...form.getInputProps(`phases.${index}.name`)}
          />
          <TextInput
            label={t('phases.from')}
            type="date"
            readOnly={index > 0}
            {...form.getInputProps(`phases.${index}.startsOn`)}
          />
          <TextInput
            label={t('phases.to')}
            type="date"
            {...form.getInputProps(`phases.${index}.endsOn`)}
            onChange={(event) => setEnd(index, event.currentTarget.value)}
          />
        </fieldset>
      ))}
      <p className="t2">{t('phases.help')}</p>
      {isDirty && (
        <PhaseMoves
          cohortId={cohort.id}
          phases={named(phases)}
          keeps={keepMilestones}
          onKeeps={(keeps) => form.setFieldValue('keepMilestones', keeps)}
        />
      )}
      {isDirty && (
        <Part>
          <WhatIf cohortId={cohort.id} change={{ change: 'phases', phases: named(phases), keepMilestones }} quiet />
        </Part>
      )}
      <SaveRow act={t('phases.act')} dirty={isDirty} {...state} />
    </form>
  );
}

/** A name that was left empty is the template's. */
const named = (phases: readonly (Omit<Phase, 'name'> & { name: string })[]): Phase[] =>
  phases.map((phase) => ({ ...phase, name: phase.name.trim() || null }));
