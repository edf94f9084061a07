import { Schema, type Types } from 'mongoose';
import type { MatchReason, MatchShares, MatchingRules } from '../../contracts/selection/matching.js';

const id = Schema.Types.ObjectId;
/** As the contract gives it: its shape was checked there, and nothing in it is asked for. */
const asGiven = { type: [Schema.Types.Mixed], required: true };

/** Somebody in a team, or without one (`rank` and lock say nothing then). Nothing of their file is in here but its id. */
export interface MatchedRow {
  applicationId: string;
  rank: number | null;
  isLocked: boolean;
  reasons: MatchReason[];
}

/** A version of a cohort's teams: it never changes, but that one of them is published. */
export interface MatchingRow extends MatchingRules {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  number: number;
  seed: number;
  teams: { projectId: string; fellows: MatchedRow[] }[];
  unplaced: Pick<MatchedRow, 'applicationId' | 'reasons'>[];
  shares: MatchShares;
  tookMs: number;
  byId: Types.ObjectId;
  at: Date;
  publishedAt?: Date;
  publishedBy?: Types.ObjectId;
}

/** See {@link MatchingRow}. */
export const matchingSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    number: { type: Number, required: true },
    seed: { type: Number, required: true },
    locks: asGiven,
    forbidden: asGiven,
    together: asGiven,
    apart: asGiven,
    teams: asGiven,
    unplaced: asGiven,
    shares: { type: Schema.Types.Mixed, required: true },
    tookMs: { type: Number, required: true },
    byId: { type: id, required: true },
    at: { type: Date, required: true },
    publishedAt: Date,
    publishedBy: id,
  },
  { collection: 'matchings', versionKey: false },
);
matchingSchema.index({ cohortId: 1, number: -1 }, { unique: true, name: 'number' });

/** What somebody who is accepted wishes for; `_id` is the id of their file. The dearest first. */
export interface ProjectWishRow {
  _id: Types.ObjectId;
  cohortId: Types.ObjectId;
  projectIds: Types.ObjectId[];
  changedAt: Date;
}

/** See {@link ProjectWishRow}. */
export const projectWishSchema = new Schema(
  {
    cohortId: { type: id, required: true },
    projectIds: { type: [id], required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'project-wishes', versionKey: false },
);
projectWishSchema.index({ cohortId: 1 }, { name: 'cohort' });

/** How the teams of a cohort are made; `_id` is its id. `wishesUntil`: the last day on which wishes are taken, absent before staff said so. `publishedId`: the version that is published. */
export interface TeamMakingRow {
  _id: Types.ObjectId;
  wishesUntil?: string;
  publishedId?: Types.ObjectId;
}

/** See {@link TeamMakingRow}. */
export const teamMakingSchema = new Schema(
  { wishesUntil: String, publishedId: id },
  { collection: 'team-makings', versionKey: false },
);
