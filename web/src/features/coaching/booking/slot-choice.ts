import type { Slots } from '../../../../../src/contracts/mentoring/mentoring';
import type { Craft } from '../../../../../src/contracts/roles';

/** With whom: `''` all coaches, a coach's id, or `any:` and a craft, of which any coach will do. */
export type Whom = '' | `any:${Craft}` | (string & {});

const ANY = 'any:';

/** The craft of which any coach will do; undefined where that is not asked. */
export function craftOf(whom: Whom): Craft | undefined {
  return whom.startsWith(ANY) ? (whom.slice(ANY.length) as Craft) : undefined;
}

/** The chosen coach; undefined where it is all of them, or any of a craft. */
export const coachOf = (whom: Whom): string | undefined => (whom === '' || craftOf(whom) ? undefined : whom);

/** A craft as a choice. */
export const anyOf = (craft: Craft): Whom => `${ANY}${craft}`;

/** The crafts that some coach has, in the order of the coaches. */
export function craftsOf(people: Slots['people']): Craft[] {
  return [...new Set(people.flatMap((person) => person.craft ?? []))];
}

/** The slots of one coach alone; of all where none is chosen. */
export function ofCoach(data: Slots, coachId: string | undefined): Slots {
  if (coachId === undefined) return data;
  const theirs = (slot: { coachId: string }) => slot.coachId === coachId;
  return { ...data, slots: data.slots.filter(theirs), hidden: data.hidden?.filter(theirs) };
}
