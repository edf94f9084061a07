import { Injectable } from '@nestjs/common';
import type { CohortActor } from '../../common/actor.js';
import { isKnownTo } from '../../calendar/clashes.service.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { forbidden, invalidField } from '../../common/problem.js';
import { Members } from '../../cohorts/members/members.service.js';
import { plainDateOf } from '../../common/times/zone-offsets.js';
import type {
  HiddenSlot,
  PreviewAvailability,
  SessionKind,
  Slot,
  Slots,
  SlotsQuery,
} from '../../contracts/mentoring/mentoring.js';
import { CoachCalendars } from '../availability/coach-calendars.js';
import { Coaches, offeringKind } from '../coaches/coaches.service.js';
import { checkAvailability } from '../availability/availability.service.js';
import type { Offer } from '../availability/hours.js';
import { type FreeSlot, type NotOffered, slotsOf } from './slots.js';
import { type Tells, calendarsOf } from '../availability/taken-time.js';
import { togetherOf } from './together.js';

const MAX_DAYS = 62;

interface Range {
  from: string;
  to: string;
  minutes?: number | undefined;
  kind?: SessionKind | undefined;
  forUserId?: string | undefined;
}

/** What one can book, and why the rest is hidden. */
@Injectable()
export class SlotsService {
  constructor(
    private readonly clock: Clock,
    private readonly coaches: Coaches,
    private readonly calendars: CoachCalendars,
    private readonly members: Members,
  ) {}

  /**
   * The slots of all coaches, or of one, in time order. Staff may look with a fellow's eyes. Throws 422 `too_long` (over 62 days),
   * `end_before_start`, and 403 for other eyes.
   */
  async list(actor: CohortActor, query: SlotsQuery): Promise<Slots> {
    mayBorrowEyes(actor, query.forUserId);
    const eyes = query.forUserId === undefined ? actor.userId : await this.fellow(actor.cohortId, query.forUserId);
    if (query.secondCoachId !== undefined) return await this.together(actor.cohortId, query, query.secondCoachId, eyes);
    const coaches = await this.coaches.offering(actor.cohortId, query.coachId);
    return await this.look(actor, coaches, eyes, query, query.explain ?? false);
  }

  /** When two coaches are free together. Throws 422 `/coachId` `required` where there is no first one, `/secondCoachId` `twice`. */
  private async together(cohortId: string, query: SlotsQuery, secondId: string, eyes: string): Promise<Slots> {
    const { from, to } = rangeOf(query);
    if (query.coachId === undefined) throw invalidField('/coachId', 'required');
    if (query.coachId.toLowerCase() === secondId.toLowerCase()) throw invalidField('/secondCoachId', 'twice');
    const offers = await this.coaches.offering(cohortId, query.coachId, secondId);
    const first = offeringKind(offers, query.kind).get(query.coachId.toLowerCase());
    const coaches = [...offers.keys()];
    const [{ sessions, otherwise }, people] = await Promise.all([
      this.calendars.allOf({ people: [...coaches, eyes], coaches, from, to }),
      this.coaches.faces(offers),
    ]);
    const { calendars, mine } = calendarsOf(offers, [eyes], sessions, otherwise);
    const of = (id: string) => calendars.find((calendar) => calendar.coachId === id.toLowerCase());
    const [one, other] = [of(query.coachId), of(secondId)];
    if (!one || !other || !first) return { slots: [], people };
    const minutes = query.minutes ?? first.slotMinutes;
    const free = togetherOf(one, other, { now: this.clock.now().getTime(), from, to, minutes, mine });
    return { slots: free.map(toSlot), people };
  }

  /**
   * The slots of an availability that need not be saved, hidden ones explained, as a fellow would see them. Coaches try their own,
   * staff that of `coachId`, and with a fellow's eyes: hours that are made up would tell all of that fellow's time. Nobody is told when a
   * fellow's other meetings end.
   */
  async preview(actor: CohortActor, body: PreviewAvailability): Promise<Slots> {
    mayBorrowEyes(actor, body.forUserId);
    checkAvailability(body.availability);
    const coachId = body.coachId ?? actor.userId;
    if (coachId !== actor.userId && actor.role !== 'staff') throw forbidden();
    const coach = await this.members.find(actor.cohortId, coachId);
    if (coach?.role !== 'coach') throw invalidField('/coachId', 'not_a_coach');
    const eyes = body.forUserId === undefined ? null : await this.fellow(actor.cohortId, body.forUserId);
    const offer = await this.coaches.asOffered(actor.cohortId, coach.userId, body.availability);
    return await this.look(actor, offer, eyes, body, true);
  }

  private async look(
    viewer: CohortActor,
    all: ReadonlyMap<string, Offer>,
    eyes: string | null,
    range: Range,
    explain: boolean,
  ): Promise<Slots> {
    const { from, to } = rangeOf(range);
    const coaches = offeringKind(all, range.kind);
    const looking = eyes ? [eyes] : [];
    const [{ sessions, otherwise }, people] = await Promise.all([
      this.calendars.allOf({ people: [...coaches.keys(), ...looking], coaches: [...coaches.keys()], from, to }),
      this.coaches.faces(all),
    ]);
    const { calendars, mine } = calendarsOf(coaches, looking, sessions, otherwise, tellsTo(viewer));
    const { free, hidden, explainedUntil } = slotsOf(calendars, {
      now: this.clock.now().getTime(),
      from,
      to,
      minutes: range.minutes,
      mine,
      explain,
    });
    return {
      slots: free.map(toSlot),
      ...(explain && {
        hidden: hidden.map((slot) => toHidden(slot, range.forUserId === undefined)),
        explainedUntil: explainedUntil === null ? null : new Date(explainedUntil).toISOString(),
      }),
      people,
    };
  }

  private async fellow(cohortId: string, userId: string): Promise<string> {
    const member = await this.members.find(cohortId, userId);
    if (member?.role !== 'fellow') throw invalidField('/forUserId', 'not_a_fellow');
    return member.userId;
  }
}

/** Throws 403 for who looks with the eyes of somebody else: that is to ask for all of their time. */
function mayBorrowEyes({ role }: CohortActor, forUserId: string | undefined): void {
  if (forUserId !== undefined && role !== 'staff') throw forbidden();
}

/** The instants of a look; throws 422 `end_before_start`, `too_long`. */
export function rangeOf(range: { from: string; to: string }): { from: number; to: number } {
  const [from, to] = [Date.parse(range.from), Date.parse(range.to)];
  if (to <= from) throw invalidField('/to', 'end_before_start');
  if (to - from > MAX_DAYS * DAY) throw invalidField('/to', 'too_long', { maximum: MAX_DAYS, of: 'days' });
  return { from, to };
}

/** They know when ends what they are in, and what the rule of clashes lets them know. */
export const tellsTo =
  (viewer: CohortActor): Tells =>
  (held, people) =>
    people.includes(viewer.userId) || isKnownTo(viewer, held);

/** A free slot as the API speaks it. */
export function toSlot({ coachId, from, to }: FreeSlot): Slot {
  return { coachId, startsAt: new Date(from).toISOString(), endsAt: new Date(to).toISOString() };
}

function toHidden(slot: NotOffered, own: boolean): HiddenSlot {
  const tell = slot.until !== undefined && (own || slot.reason !== 'you_are_busy');
  return {
    ...toSlot(slot),
    reason: slot.reason,
    ...(tell && { until: new Date(slot.until ?? slot.to).toISOString() }),
    ...(slot.awayUntil !== undefined && { awayUntil: plainDateOf(slot.awayUntil) }),
    ...(slot.closed && { closed: slot.closed }),
  };
}
