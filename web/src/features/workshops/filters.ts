import type { WorkshopFilters } from '../../../../src/contracts/workshops/workshop-fields';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { oneOf } from '../../shell/address';
import { placesLeft } from './registrations/registration';

const SHOWS = ['upcoming', 'mine', 'past', 'drafts'] as const;
export type Show = (typeof SHOWS)[number];

/** What a field of a workshop can be, where it is one of few; a list is asked for by each of them. */
export const CHOICES: { [Name in keyof WorkshopFilters]-?: readonly NonNullable<WorkshopFilters[Name]>[] } = {
  kind: ['workshop', 'talk', 'seminar', 'standup'],
  level: ['beginner', 'intermediate', 'advanced'],
};
const CHOSEN = Object.keys(CHOICES) as (keyof WorkshopFilters)[];

/** What the address says of the list: `?show=mine&kind=talk&tag=rgaa&free=true`. */
export interface Filters extends WorkshopFilters {
  show?: Show | undefined;
  tag?: string | undefined;
  /** Only those with a place left. */
  free?: 'true' | undefined;
}

/** Nothing of it, whatever the list shows. */
export const NO_FILTER: Filters = {
  ...Object.fromEntries(CHOSEN.map((name) => [name, undefined])),
  tag: undefined,
  free: undefined,
};

/** What an address asks for, without words that mean nothing. */
export function filtersOf(asked: Filters): Filters {
  const chosen = Object.fromEntries(CHOSEN.map((name) => [name, oneOf<string>(CHOICES[name], asked[name])]));
  return { ...asked, ...chosen, show: oneOf(SHOWS, asked.show) };
}

/** Whether a workshop is among those asked for. */
export function passes(workshop: Workshop, filters: Filters): boolean {
  const { tag, free, show } = filters;
  if (CHOSEN.some((name) => filters[name] !== undefined && workshop[name] !== filters[name])) return false;
  if (tag && !workshop.tags.includes(tag)) return false;
  return !free || show === 'past' || (placesLeft(workshop) > 0 && workshop.waitlisted === 0);
}
