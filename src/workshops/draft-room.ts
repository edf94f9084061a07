import { Injectable } from '@nestjs/common';
import { type ClientSession, mongo } from 'mongoose';
import { CohortsRepository } from '../cohorts/cohorts.repository.js';
import { ActorsNow } from '../cohorts/members/actors-now.js';
import type { CohortActor } from '../common/actor.js';
import { conflict } from '../common/problem.js';
import { MAX_DRAFTS, MAX_DRAFT_DATES, MAX_DRAFT_MB, MAX_STAFF_DRAFT_MB } from '../contracts/limits.js';
import { idOf } from '../infra/mongo/ids.js';
import { type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import type { NewWorkshop, WorkshopRow } from './workshop.schema.js';
import { WorkshopsRepository } from './workshops.repository.js';

/** What one made that is not published: workshops alone, dates of series, and the bytes of all. */
export interface DraftsMade {
  alone: number;
  dates: number;
  bytes: number;
}

const MB = 1_000_000;

/** Workshops one makes in a day, each date of a series by itself: what is published leaves the room of drafts, and what is dropped too. */
const MADE: Limit = { name: 'workshops-made', points: 240, seconds: 86_400 };
const MADE_BY_STAFF: Limit = { name: 'workshops-made-by-staff', points: 5000, seconds: 86_400 };

/**
 * Throws 409 `too_many_drafts` or `drafts_too_large` where one has made more than may wait to be published. A room that was full before is
 * no reason against what does not take more of it.
 */
export function mustHaveRoom(role: CohortActor['role'], made: DraftsMade, more: Partial<DraftsMade>): void {
  const isStaff = role === 'staff';
  const mb = isStaff ? MAX_STAFF_DRAFT_MB : MAX_DRAFT_MB;
  const exceeds = (what: keyof DraftsMade, most: number) => (more[what] ?? 0) > 0 && made[what] > most;
  if (!isStaff && (exceeds('alone', MAX_DRAFTS) || exceeds('dates', MAX_DRAFT_DATES)))
    throw conflict('too_many_drafts', 'Too many drafts of yours wait to be published. Drop or publish some first.', {
      drafts: MAX_DRAFTS,
      dates: MAX_DRAFT_DATES,
    });
  if (exceeds('bytes', mb * MB))
    throw conflict('drafts_too_large', 'Your drafts take too much room. Drop, publish or shorten some first.', { mb });
}

/** Everything that makes workshops makes them here: what nobody published is bounded by person and cohort, so that nobody fills the lists of others. */
@Injectable()
export class DraftRoom {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly actors: ActorsNow,
    private readonly limits: RateLimits,
  ) {}

  /**
   * Counts that so many are about to be made, before anything is written: as what is published at once, or as drafts, for which there must be
   * room. Throws 429, and 409 `too_many_drafts`, which counts for nothing.
   */
  async admit(
    { cohortId, userId, role }: CohortActor,
    { published = 0, ...drafts }: { published?: number; alone?: number; dates?: number },
  ): Promise<void> {
    const { alone = 0, dates = 0 } = drafts;
    if (role !== 'staff' && published === 0) {
      const made = await this.workshops.draftsMadeBy(idOf(cohortId), idOf(userId));
      mustHaveRoom(role, { ...made, alone: made.alone + alone, dates: made.dates + dates }, drafts);
    }
    await this.limits.take(role === 'staff' ? MADE_BY_STAFF : MADE, userId, published + alone + dates);
  }

  /**
   * Writes new ones of a cohort. Two who make some at once take turns: each takes the cohort's row before it counts. Throws as
   * {@link mustHaveRoom}, 409 `cohort_closed`, and E11000 for a date that its series has already.
   */
  async write(actor: CohortActor, rows: readonly NewWorkshop[], session: ClientSession): Promise<void> {
    const drafts = rows.filter(({ status }) => status === 'draft');
    await this.mustStayOpen(actor, session);
    await this.workshops.insertAll(rows, session);
    if (drafts.length === 0) return;
    const dates = drafts.filter(({ seriesId }) => seriesId).length;
    const made = await this.workshops.draftsMadeBy(idOf(actor.cohortId), idOf(actor.userId), session);
    mustHaveRoom(actor.role, made, { alone: drafts.length - dates, dates, bytes: 1 });
  }

  /** Takes the cohort's row, so that it is closed, and who acts is out or has another role, after what is written here, or before it. Throws as {@link ActorsNow.heldStill}. */
  async mustStayOpen(actor: CohortActor, session: ClientSession): Promise<void> {
    await this.actors.heldStill(actor, session);
  }

  /** Looks, before drafts are changed by who made them, whether there is room for what they grow by. Throws 409 `drafts_too_large`. */
  async mustHoldGrown(
    actor: CohortActor,
    changes: readonly { row: WorkshopRow; change: object }[],
    session: ClientSession,
  ): Promise<void> {
    const mine = changes.filter(({ row }) => row.status === 'draft' && String(row.createdBy) === actor.userId);
    const bytes = mine.reduce((sum, { row, change }) => sum + growth(row, change), 0);
    if (bytes <= 0 || !(await this.cohorts.hold(idOf(actor.cohortId), session))) return;
    const made = await this.workshops.draftsMadeBy(idOf(actor.cohortId), idOf(actor.userId), session);
    mustHaveRoom(actor.role, { ...made, bytes: made.bytes + bytes }, { bytes });
  }
}

/** By how many bytes a change makes a row longer, or less than 0. */
function growth(row: WorkshopRow, change: object): number {
  const before = Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof WorkshopRow]]));
  return mongo.BSON.calculateObjectSize(change) - mongo.BSON.calculateObjectSize(before);
}
