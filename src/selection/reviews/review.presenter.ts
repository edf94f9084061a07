import { Injectable } from '@nestjs/common';
import type { HandedInFile } from '../../calls/applications/applications-reader.js';
import type { CallRow } from '../../calls/call.schema.js';
import type { OtherReview, Review } from '../../contracts/selection/reviews.js';
import { JurorsRepository } from '../jurors/jurors.repository.js';
import { rounded, weightedMean } from '../results/scoring.js';
import type { StepRow } from '../steps/step.schema.js';
import { shownFile } from './anonymous.js';
import type { ReviewRow } from './review.schema.js';
import { OPEN, ReviewsRepository } from './reviews.repository.js';

/** A review with all that it is about. */
export interface WholeReview {
  row: ReviewRow;
  step: StepRow;
  call: CallRow;
  whole: HandedInFile;
}

/** What a step shows of a file. */
export const shownOf = (step: StepRow, { file, form }: HandedInFile) =>
  shownFile({ fields: form.fields, answers: file.submitted.answers }, step);

/** Makes a review as its juror sees it: nothing of what the step hides, and of the others only once theirs is handed in. */
@Injectable()
export class ReviewPresenter {
  constructor(
    private readonly jurors: JurorsRepository,
    private readonly reviews: ReviewsRepository,
  ) {}

  async review({ row, step, call, whole }: WholeReview): Promise<Review> {
    const { fields, answers, hidden } = await shownOf(step, whole);
    const isShownCraft = fields.some(({ key }) => key === 'craft');
    const craft = isShownCraft ? (whole.file.submitted.known.craftName ?? null) : null;
    const isOpen = step.state === 'open' && OPEN.includes(row.state);
    return {
      ...{ id: String(row._id), state: row.state, revision: row.revision, revisions: row.revisions },
      ...{ scores: row.scores, verdict: row.verdict, comment: row.comment, toApplicant: row.toApplicant },
      ...{ isLater: row.laterAt !== null, reason: row.reason },
      submittedAt: row.submittedAt?.toISOString() ?? null,
      changedAt: row.changedAt?.toISOString() ?? null,
      number: whole.file.numberText ?? '',
      step: {
        ...{ id: String(step._id), name: step.name, number: step.number, state: step.state },
        dueAt: step.dueAt?.toISOString() ?? null,
      },
      call: { title: call.title, slug: call.slug, kind: call.kind },
      ...{ scale: step.scale, criteria: step.criteria },
      file: row.state === 'conflict' ? null : { craft, form: { version: whole.form.version, fields }, answers, hidden },
      others: row.state === 'submitted' ? await this.others(row, step) : null,
      abilities: { write: isOpen, submit: isOpen },
    };
  }

  private async others(row: ReviewRow, { criteria }: StepRow): Promise<OtherReview[]> {
    const rows = (await this.reviews.submittedOf(row.stepId, row.applicationId)).filter(
      ({ _id }) => !_id.equals(row._id),
    );
    const names = new Map((await this.jurors.ofCall(row.callId)).map(({ _id, name }) => [String(_id), name]));
    const weights = Object.fromEntries(criteria.map(({ key, weight }) => [key, weight]));
    return rows.map(({ jurorId, scores, verdict, comment }) => ({
      ...{ jurorName: names.get(String(jurorId)) ?? '', scores, verdict, comment, toApplicant: '' },
      mean: rounded(weightedMean(scores, weights) ?? 0),
    }));
  }
}
