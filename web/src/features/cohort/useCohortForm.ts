import type { UseFormReturnType } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UpdateCohort } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Cohort } from '../../api/types';
import { useSubmit } from '../../ui/forms/form';

/** Saves one part of the cohort's settings; what is saved is shown everywhere at once. */
export function useCohortForm<T extends Record<string, unknown>>(
  cohort: Cohort,
  form: UseFormReturnType<T>,
  changeOf: (values: T) => UpdateCohort,
) {
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      setSaved(false);
      const fresh = await api.patch<Cohort>(`/cohorts/${cohort.id}`, changeOf(values));
      client.setQueryData(keys.in(cohort.id, 'self'), fresh);
      // What was typed meanwhile is not saved yet.
      form.resetDirty(values);
      setSaved(true);
      // Milestones may have moved along with the phases.
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.me }),
        client.invalidateQueries({ queryKey: keys.in(cohort.id, 'milestones') }),
        client.invalidateQueries({ queryKey: keys.in(cohort.id, 'closed-days') }),
        client.invalidateQueries({ queryKey: keys.agenda }),
      ]);
    },
    'cohort',
  );
  return { submit, busy, problem, saved: saved && !form.isDirty() };
}
