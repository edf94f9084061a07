import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Workshop, WorkshopChanged, WorkshopList } from '../../../../src/contracts/workshops/workshops';
import { keys } from '../../api/keys';

type Lists = InfiniteData<WorkshopList>;

/** Where workshops are kept: everything of a cohort, its three lists, one workshop, its code, its series, what was said of it, what there is to read, its minutes, and who comes to it. */
export const workshopKeys = {
  all: (cohortId: string) => keys.in(cohortId, 'workshops'),
  lists: (cohortId: string) => keys.in(cohortId, 'workshops', 'list'),
  list: (cohortId: string, when: 'upcoming' | 'past' | 'drafts') => keys.in(cohortId, 'workshops', 'list', when),
  one: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'one', id),
  code: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'code', id),
  feedback: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'feedback', id),
  allSeries: (cohortId: string) => keys.in(cohortId, 'workshops', 'series'),
  series: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'series', id),
  preview: (cohortId: string, body: unknown) => keys.in(cohortId, 'workshop-preview', body),
  guests: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'guests', id),
  materials: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'materials', id),
  minutes: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'minutes', id),
  people: (cohortId: string, id: string) => keys.in(cohortId, 'workshops', 'people', id),
};

/** Changes a workshop wherever it is kept. */
export function changeWorkshop(
  client: QueryClient,
  { cohortId, id }: Pick<Workshop, 'cohortId' | 'id'>,
  change: (workshop: Workshop) => Workshop,
): void {
  const maybe = (workshop: Workshop) => (workshop.id === id ? change(workshop) : workshop);
  client.setQueryData<Workshop>(workshopKeys.one(cohortId, id), (workshop) => workshop && maybe(workshop));
  client.setQueriesData<Lists>({ queryKey: workshopKeys.lists(cohortId) }, (lists) => {
    return lists && { ...lists, pages: lists.pages.map((page) => ({ ...page, items: page.items.map(maybe) })) };
  });
}

/** The workshop as far as this browser knows it. */
export function knownWorkshop(client: QueryClient, cohortId: string, id: string): Workshop | undefined {
  const one = client.getQueryData<Workshop>(workshopKeys.one(cohortId, id));
  if (one) return one;
  const lists = client.getQueriesData<Lists>({ queryKey: workshopKeys.lists(cohortId) });
  return lists
    .flatMap(([, data]) => data?.pages ?? [])
    .flatMap((page) => page.items)
    .find((workshop) => workshop.id === id);
}

/** The counts of a live event go in at once; what it does not tell (words, my place in line, who comes) is asked for. */
export function applyWorkshopChanged(client: QueryClient, event: WorkshopChanged): void {
  const { cohortId, workshopId, going, waitlisted, status, revision } = event;
  const known = knownWorkshop(client, cohortId, workshopId);
  changeWorkshop(client, { cohortId, id: workshopId }, (workshop) => ({ ...workshop, going, waitlisted, status }));
  void client.invalidateQueries({ queryKey: workshopKeys.one(cohortId, workshopId) });
  void client.invalidateQueries({ queryKey: workshopKeys.people(cohortId, workshopId) });
  void client.invalidateQueries({ queryKey: workshopKeys.guests(cohortId, workshopId) });
  void client.invalidateQueries({ queryKey: workshopKeys.materials(cohortId, workshopId) });
  void client.invalidateQueries({ queryKey: workshopKeys.minutes(cohortId, workshopId) });
  if (known?.series) void client.invalidateQueries({ queryKey: workshopKeys.series(cohortId, known.series.id) });
  // What this browser does not know may be a date of the series on screen.
  if (!known) void client.invalidateQueries({ queryKey: workshopKeys.allSeries(cohortId) });
  const saysAll =
    known !== undefined &&
    known.revision === revision &&
    known.status === status &&
    known.mine?.status !== 'waitlisted' &&
    (known.going !== going || known.waitlisted !== waitlisted);
  if (!saysAll) void client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
}

/** For `useApplyEvents`. */
export const liveWorkshops = { 'workshop.changed': applyWorkshopChanged };
