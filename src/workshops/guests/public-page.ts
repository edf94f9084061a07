import { DAY } from '../../common/times/clock.js';
import { conflict, invalid, invalidField } from '../../common/problem.js';
import { slugOf } from '../../common/texts/slug.js';
import {
  GUESTS_KEPT_DAYS,
  GUEST_PERCENT,
  type GuestAnswers,
  type GuestQuestion,
  type RegisterGuest,
} from '../../contracts/workshops/guests.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import type { AttendanceMode, RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { stateOf } from '../workshop.js';
import type { WorkshopRow } from '../workshop.schema.js';
import type { GuestRow } from './guest.schema.js';
import type { PublicPageRow } from './public-page.schema.js';

/** An address of which the link was not opened is forgotten after this. */
export const UNCONFIRMED_KEPT_MS = DAY;

/** The key of what was asked last before each form had a mail of its own: links of mails from then name none. */
export const BEFORE_FORMS = 'before';

/** The address of a page: the title's words, and some signs so that no other has it and nobody guesses what else there is. */
export function addressOf(title: string, signs: string): string {
  return `${slugOf(title) ?? 'workshop'}-${signs}`;
}

/** When what a guest gave is erased. */
export const eraseAt = ({ endsAt }: Pick<WorkshopRow, 'endsAt'>): Date =>
  new Date(endsAt.getTime() + GUESTS_KEPT_DAYS * DAY);

/** A place that somebody has now, or is to get. */
const HOLDS: ReadonlySet<RegistrationStatus> = new Set(['going', 'waitlisted', 'offered']);

/** Whether they gave their place back and have not asked again since. The registration is the truth: who has a place now has not left, whatever the row of the guest says. */
export const hasLeft = (
  { leftAt }: Pick<GuestRow, 'leftAt'>,
  status: RegistrationStatus | null | undefined = null,
): boolean => Boolean(leftAt) && !(status && HOLDS.has(status));

/** Whether everybody with the address sees it: its hosts want it, and it was published. */
export const isPublic = ({ publicPage, status }: Pick<WorkshopRow, 'publicPage' | 'status'>): boolean =>
  publicPage?.on === true && status !== 'draft';

/** Whether it takes guests, and lets them bring somebody along. */
export const takenBy = (row: Pick<WorkshopRow, 'publicPage' | 'status'>): { guests: boolean; plusOne: boolean } => {
  const guests = isPublic(row) && row.publicPage?.guests === true;
  return { guests, plusOne: guests && row.publicPage?.plusOne === true };
};

/** The path of its page; null where nobody sees one. */
export const publicPathOf = (row: Pick<WorkshopRow, 'publicPage' | 'status'>): string | null =>
  row.publicPage && isPublic(row) ? `/w/${row.publicPage.slug}` : null;

type Counted = Pick<WorkshopRow, 'capacity' | 'onlineCapacity' | 'reserved' | 'going' | 'offered' | 'waitlisted'>;

/** Places that somebody would get at once: none while others wait for what is free. Null for a way that is not offered. */
export function placesLeft(row: Counted, mode: AttendanceMode): number | null {
  const places = mode === 'onsite' ? row.capacity - row.reserved : (row.onlineCapacity ?? null);
  if (places === null) return null;
  return row.waitlisted[mode] > 0 ? 0 : Math.max(0, places - row.going[mode] - row.offered[mode]);
}

/** How many of a hundred places guests may have. */
export const percentOf = ({ guestPercent }: Pick<PublicPageRow, 'guestPercent'>): number =>
  guestPercent ?? GUEST_PERCENT;

/** How many more guests may have a place, or wait for one, given how many do. Who may have all of them may wait for them, too. */
export function roomForGuests(
  { publicPage, capacity, onlineCapacity }: Pick<WorkshopRow, 'publicPage' | 'capacity' | 'onlineCapacity'>,
  standing: Record<AttendanceMode, number>,
): Record<AttendanceMode, number> {
  const percent = publicPage ? percentOf(publicPage) : GUEST_PERCENT;
  const room = (places: number, there: number) =>
    percent === 100 ? Number.MAX_SAFE_INTEGER : Math.max(0, Math.ceil((places * percent) / 100) - there);
  return { onsite: room(capacity, standing.onsite), online: room(onlineCapacity ?? 0, standing.online) };
}

type Open = Pick<WorkshopRow, 'status' | 'startsAt' | 'endsAt' | 'opensAt' | 'closesAt'>;

/** Why guests cannot register now, as the code of a 409; null where they can. */
export function guestBarrier(row: Open, cohortState: 'running' | 'closed', now: Date): string | null {
  const state = stateOf(row, now);
  if (state !== 'open') return state === 'draft' ? 'not_published' : state;
  if (cohortState === 'closed') return 'cohort_closed';
  if (row.opensAt && now < row.opensAt) return 'not_open_yet';
  return row.closesAt && now >= row.closesAt ? 'registration_closed' : null;
}

/**
 * Throws 409 where guests cannot register (now), 422 for a way to take part or a second person that is not offered, and for answers that
 * are missing or are none.
 */
export function mustTakeGuest(
  row: Open & Pick<WorkshopRow, 'onlineCapacity'>,
  page: PublicPageRow,
  cohortState: 'running' | 'closed',
  { mode, plusOne, answers }: Pick<RegisterGuest, 'mode' | 'plusOne' | 'answers'>,
  now: Date,
): void {
  if (!page.guests) throw conflict('no_guests', 'This workshop takes no guests.');
  const barrier = guestBarrier(row, cohortState, now);
  if (barrier) throw conflict(barrier, 'One cannot register now.');
  if (mode === 'online' && row.onlineCapacity === null) throw invalidField('/mode', 'not_offered');
  if (plusOne && !page.plusOne) throw invalidField('/plusOne', 'not_allowed');
  const errors = wrongAnswers(page.questions, answers);
  if (errors.length > 0) throw invalid(errors);
}

/** What was answered: nothing that every object has anyway, whatever a question is called. */
const answerTo = (id: string, answers: GuestAnswers) => (Object.hasOwn(answers, id) ? answers[id] : undefined);

/** What is wrong with the answers to some questions: at `/answers/<id>`, `required` or `unknown_option`. */
export function wrongAnswers(questions: readonly GuestQuestion[], answers: GuestAnswers): FieldProblem[] {
  return questions.flatMap(({ id, kind, required, options }) => {
    const answer = answerTo(id, answers);
    const field = `/answers/${id}`;
    if (answer === undefined || answer === '') return required ? [{ field, code: 'required' }] : [];
    if ((typeof answer === 'boolean') !== (kind === 'yesno')) return [{ field, code: 'wrong_type' }];
    return kind === 'choice' && !options.includes(String(answer)) ? [{ field, code: 'unknown_option' }] : [];
  });
}

/** Only what was asked is kept. */
export function keptAnswers(questions: readonly GuestQuestion[], answers: GuestAnswers): GuestAnswers {
  return Object.fromEntries(
    questions.flatMap(({ id }) => {
      const answer = answerTo(id, answers);
      return answer === undefined || answer === '' ? [] : [[id, answer]];
    }),
  );
}

/** The answers beside the words of their questions, in the order of these. */
export function answersInWords(
  questions: readonly GuestQuestion[],
  answers: GuestAnswers,
): { question: string; answer: string | boolean }[] {
  return questions.flatMap(({ id, label }) => {
    const answer = answerTo(id, answers);
    return answer === undefined ? [] : [{ question: label, answer }];
  });
}
