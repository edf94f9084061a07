import type { Workshop, WorkshopKind } from '../../../../src/contracts/workshops/workshops';
import { placesLeft } from './registrations/registration';

export type Show = 'upcoming' | 'mine' | 'past';

/** What the address says of the list: `?show=mine&kind=talk&tag=rgaa&free=true`. */
export interface Filters {
  show?: Show | undefined;
  kind?: WorkshopKind | undefined;
  tag?: string | undefined;
  /** Only those with a place left. */
  free?: 'true' | undefined;
}

/** Whether a workshop is among those asked for. */
export function passes(workshop: Workshop, { kind, tag, free, show }: Filters): boolean {
  if (kind && workshop.kind !== kind) return false;
  if (tag && !workshop.tags.includes(tag)) return false;
  return !free || show === 'past' || (placesLeft(workshop) > 0 && workshop.waitlisted === 0);
}
