import { DAY, MINUTE } from '../common/times/clock.js';
import { conflict, invalid, invalidField } from '../common/problem.js';
import { MAX_WORKSHOP_HOSTS } from '../contracts/limits.js';
import type { FieldProblem } from '../contracts/primitives.js';
import type { Places } from './registrations/places.js';
import type { WorkshopAspect } from './workshops.events.js';
import { ASPECTS, type WorkshopEdit, differing } from './workshop-fields.js';
import type { WorkshopRow } from './workshop.schema.js';

/** Instants of a workshop. */
interface Times {
  startsAt: Date;
  endsAt: Date;
}

/** From when until when one may join, and the start. */
type Window = Pick<Times, 'startsAt'> & { opensAt?: Date | null | undefined; closesAt?: Date | null | undefined };

type Lived = Times & Pick<WorkshopRow, 'status'>;

/** What an editor last saw of a workshop; `invited` false: not who is invited to host it, nor how many they are. */
export interface Seen {
  revision?: number | undefined;
  edition?: number | undefined;
  invited?: boolean | undefined;
}

/** What an edit counts beside what it sets. */
interface Counted {
  revision?: number;
  edition?: number;
  moveToldAt?: Date;
}

/** How often it was edited, from 1. Rows of before editions were counted have none. */
export const editionOf = ({ edition }: Pick<WorkshopRow, 'edition'>): number => edition ?? 1;

/** Moves that follow each other so closely are told by one letter: no calendar is wrong for longer than this. */
const TOLD_WITHIN_MS = 3 * MINUTE;

/** When the letters of a move leave: at once, or, where those of another one left or wait within minutes, with these, in whose place they are. */
export function moveToldAt(before: Date | null | undefined, now: Date): Date {
  if (!before || Math.abs(before.getTime() - now.getTime()) > TOLD_WITHIN_MS) return now;
  return before > now ? before : new Date(before.getTime() + TOLD_WITHIN_MS);
}

/** Where a workshop is in its life, as far as its places go. */
export function stateOf(workshop: Lived, now: Date): Places['state'] {
  if (workshop.status !== 'published') return workshop.status;
  if (workshop.endsAt <= now) return 'over';
  return workshop.startsAt <= now ? 'started' : 'open';
}

/** Throws 422 unless it starts in the future, ends after its start and lasts a day at most. */
export function mustBePlannable(times: Times, now: Date): void {
  const errors = [...inPast(times.startsAt, now), ...wrongLength(times)];
  if (errors.length > 0) throw invalid(errors);
}

/**
 * What an edit really changes. Throws 409 `cancelled`, 409 `over` (of a past one only materials may change, they often come after),
 * 409 `stale` when it is not any more as it was `seen`, 422 for times that cannot be.
 */
export function edited(
  workshop: WorkshopRow,
  edit: WorkshopEdit,
  now: Date,
  seen: Seen = {},
): { change: WorkshopEdit & Counted; changed: WorkshopAspect[] } {
  mustBeEditable(workshop, edit, now);
  const is = { revision: workshop.revision, edition: editionOf(workshop) };
  if ((seen.revision ?? is.revision) !== is.revision || (seen.edition ?? is.edition) !== is.edition)
    throw conflict('stale', 'Somebody changed this meanwhile. Load it again.', is);
  const change = differing(workshop, edit);
  mustKeepGoodTimes(workshop, change, now);
  mustKeepGoodWindow({ ...workshop, ...change });
  if ('reserved' in change || 'capacity' in change) mustKeepWithin({ ...workshop, ...change });
  if ('hosts' in change || 'invitedHosts' in change) mustHaveFewHosts({ ...workshop, ...change }, workshop, seen);
  const changed = [...new Set(Object.keys(change).map((field) => ASPECTS[field as keyof WorkshopEdit]))];
  if (changed.length === 0) return { change, changed };
  const raises = changed.includes('time') || changed.includes('place');
  const counted = {
    edition: is.edition + 1,
    ...(raises && { revision: is.revision + 1, moveToldAt: moveToldAt(workshop.moveToldAt, now) }),
  };
  return { change: { ...change, ...counted }, changed };
}

/** Throws 409 unless it is a draft that still lies ahead. */
export function mustBePublishable(workshop: Lived, now: Date): void {
  if (workshop.status === 'cancelled') throw conflict('cancelled', 'It was cancelled.');
  if (workshop.status === 'published') throw conflict('already_published', 'It is published already.');
  if (workshop.startsAt <= now) throw conflict('started', 'Its start has passed. Move it first.');
}

/** What publishing it changes. What was moved as a draft has moved for nobody: the revision tells from which on it has. */
export const published = ({ revision }: Pick<WorkshopRow, 'revision'>) => ({
  status: 'published' as const,
  publishedRevision: revision,
});

/** Throws 409 unless it is published and not over. */
export function mustBeCancellable(workshop: Lived, now: Date): void {
  const state = stateOf(workshop, now);
  if (state === 'draft') throw conflict('not_published', 'It is a draft: nobody knows of it yet.');
  if (state === 'cancelled') throw conflict('cancelled', 'It is cancelled already.');
  if (state === 'over') throw conflict('over', 'It is over.');
}

function mustBeEditable(workshop: Lived, edit: WorkshopEdit, now: Date): void {
  if (workshop.status === 'cancelled') throw conflict('cancelled', 'It was cancelled.');
  const onlyMaterials = Object.keys(edit).every((field) => field === 'materials');
  if (stateOf(workshop, now) === 'over' && !onlyMaterials) throw conflict('over', 'It is over.');
}

function mustKeepGoodTimes(workshop: Times, change: WorkshopEdit, now: Date): void {
  if (!change.startsAt && !change.endsAt) return;
  const times = { startsAt: change.startsAt ?? workshop.startsAt, endsAt: change.endsAt ?? workshop.endsAt };
  if (change.startsAt) mustBePlannable(times, now);
  const errors = wrongLength(times);
  if (errors.length > 0) throw invalid(errors);
  if (times.endsAt <= now) throw invalidField('/endsAt', 'in_past');
}

/** Throws 422 unless one may join for some time before it starts. */
export function mustKeepGoodWindow({ startsAt, opensAt, closesAt }: Window): void {
  const errors: FieldProblem[] = [];
  if (opensAt && opensAt >= startsAt) errors.push({ field: '/opensAt', code: 'after_start' });
  if (closesAt && opensAt && closesAt <= opensAt) errors.push({ field: '/closesAt', code: 'before_opening' });
  if (errors.length > 0) throw invalid(errors);
}

/** Throws 422 where hosts keep more places than there are. */
export function mustKeepWithin({ capacity, reserved }: { capacity: number; reserved?: number }): void {
  if ((reserved ?? 0) > capacity) throw invalidField('/reserved', 'beyond_capacity');
}

type Hosted = Pick<WorkshopEdit, 'hosts' | 'invitedHosts'>;

/**
 * Throws 422 where more people would host it than may, by themselves, and with those who are invited for who sees these: a refusal says
 * nothing that the reader may not know. Where there were more `before` (some came in by an invitation), they may stay.
 */
export function mustHaveFewHosts(now: Hosted, before: Hosted = {}, { invited = true }: Seen = {}): void {
  const hosts = (of: Hosted) => of.hosts?.length ?? 0;
  const all = (of: Hosted) => hosts(of) + (of.invitedHosts?.length ?? 0);
  if (hosts(now) > Math.max(MAX_WORKSHOP_HOSTS, hosts(before))) throw invalidField('/hosts', 'too_many');
  if (invited && all(now) > Math.max(MAX_WORKSHOP_HOSTS, all(before))) throw invalidField('/invitedHosts', 'too_many');
}

function inPast(startsAt: Date, now: Date): FieldProblem[] {
  return startsAt <= now ? [{ field: '/startsAt', code: 'in_past' }] : [];
}

function wrongLength({ startsAt, endsAt }: Times): FieldProblem[] {
  if (endsAt <= startsAt) return [{ field: '/endsAt', code: 'before_start' }];
  if (endsAt.getTime() - startsAt.getTime() > DAY)
    return [{ field: '/endsAt', code: 'too_long', params: { hours: 24 } }];
  return [];
}
