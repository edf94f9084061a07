import { useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  OnDay,
  WorkshopTemplate,
  WorkshopTemplates,
} from '../../../../../src/contracts/workshops/workshop-copies';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { plainValues, type WorkshopValues } from './form-values';

const path = (cohortId: string) => `/cohorts/${cohortId}/workshop-templates`;
const keyOf = (cohortId: string) => keys.in(cohortId, 'workshop-templates');

/** What a new workshop of the cohort can begin with, by name. */
export function useTemplates(cohortId: string) {
  return useQuery({
    queryKey: keyOf(cohortId),
    queryFn: ({ signal }) => api.get<WorkshopTemplates>(path(cohortId), { signal }),
  });
}

/** Keeping, renaming and dropping templates; the list is asked for again. */
export function useTemplateActs(cohortId: string) {
  const client = useQueryClient();
  const then = async (act: Promise<unknown>) => {
    await act;
    await client.invalidateQueries({ queryKey: keyOf(cohortId) });
  };
  return {
    save: (workshopId: string, name: string) => then(api.post(path(cohortId), { workshopId, name })),
    rename: (id: string, name: string) => then(api.patch(`${path(cohortId)}/${id}`, { name })),
    drop: (id: string) => then(api.delete(`${path(cohortId)}/${id}`)),
  };
}

/** A template as the form shows it, on a day (`2026-10-14`); with no day yet, joining has no times either. */
export function valuesFrom(template: WorkshopTemplate, date: string): WorkshopValues {
  const { startTime, minutes, hosts } = template;
  const wall = (on: OnDay | null) =>
    on === null || date === '' ? '' : `${Temporal.PlainDate.from(date).add({ days: on.days }).toString()}T${on.time}`;
  return {
    ...plainValues(template),
    date,
    hosts,
    startsAt: startTime,
    endsAt: Temporal.PlainTime.from(startTime).add({ minutes }).toString({ smallestUnit: 'minute' }),
    opensAt: wall(template.opens),
    closesAt: wall(template.closes),
  };
}
