import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { ApplicationsReader, type HandedInRow } from '../../calls/applications/applications-reader.js';
import { type PairRow, ReviewsRepository } from '../reviews/reviews.repository.js';
import type { StepRow } from './step.schema.js';

type Reading = Pick<StepRow, '_id' | 'callId' | 'number' | 'chosen'>;

/** Whether a step reads a file, as long as that is handed in: the first one reads all. */
export const isReadIn = (
  { number, chosen }: Pick<StepRow, 'number' | 'chosen'>,
  applicationId: Types.ObjectId,
): boolean => number === 1 || chosen.some((id) => id.equals(applicationId));

/** What a step reads: what was taken back, erased, or is not chosen any more is read by nobody, whoever was asked to. */
@Injectable()
export class StepFiles {
  constructor(
    private readonly applications: ApplicationsReader,
    private readonly reviews: ReviewsRepository,
  ) {}

  /** The files, by their number. */
  async files({ callId, number, chosen }: Reading): Promise<HandedInRow[]> {
    if (number === 1) return await this.applications.ofCall(callId);
    return (await this.applications.some(chosen)).sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  }

  /** The files, and who is asked to read which of them. */
  async pairs(step: Reading): Promise<{ files: HandedInRow[]; pairs: PairRow[] }> {
    const [files, pairs] = await Promise.all([this.files(step), this.reviews.pairs(step._id)]);
    return { files, pairs: ofFiles(pairs, files) };
  }
}

/** Of some rows about files those about files that are there. */
export function ofFiles<Row extends { applicationId: Types.ObjectId }>(
  rows: readonly Row[],
  files: readonly HandedInRow[],
): Row[] {
  const there = new Set(files.map(({ _id }) => String(_id)));
  return rows.filter(({ applicationId }) => there.has(String(applicationId)));
}
