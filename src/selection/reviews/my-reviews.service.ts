import { Injectable } from '@nestjs/common';
import { FilesService } from '../../files/files.service.js';
import type { FileRow } from '../../files/file.schema.js';
import { CallsRepository } from '../../calls/calls.repository.js';
import { ApplicationsReader, type HandedInRow } from '../../calls/applications/applications-reader.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import { type Problem, conflict, invalid, notFound } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import { isFile } from '../../contracts/calls/answers.js';
import type {
  MyReviews,
  Review,
  ReviewReason,
  SkipReview,
  WriteReview,
  WrittenReview,
} from '../../contracts/selection/reviews.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { interestIn } from '../jurors/interests.js';
import { JurorsRepository } from '../jurors/jurors.repository.js';
import { type KnownJuror, KnownJurors } from '../jurors/known-jurors.js';
import { StepsRepository } from '../steps/steps.repository.js';
import { isReadIn } from '../steps/step-files.js';
import { editedMeanwhile, stepClosed } from '../steps/steps.service.js';
import { toSummaries } from './queue.js';
import { ReviewPresenter, type WholeReview as Whole, shownOf } from './review.presenter.js';
import type { ReviewRow } from './review.schema.js';
import { OPEN, ReviewsRepository } from './reviews.repository.js';
import { mergedReview, missingInReview, problemsOfScores } from './writing.js';

const MAX_TRIES = 5;

/** What a juror reads and writes. Each call of it looks anew whether they are a juror still: no right outlives that. */
@Injectable()
export class MyReviewsService {
  constructor(
    private readonly jurors: JurorsRepository,
    private readonly known: KnownJurors,
    private readonly steps: StepsRepository,
    private readonly reviews: ReviewsRepository,
    private readonly calls: CallsRepository,
    private readonly cohorts: CohortsRepository,
    private readonly applications: ApplicationsReader,
    private readonly presenter: ReviewPresenter,
    private readonly files: FilesService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** All that a person is asked to read, in steps that are open or over. */
  async list(userId: string): Promise<MyReviews> {
    const jurors = await this.known.of(await this.jurors.ofPerson(idOf(userId)));
    const jurorIds = jurors.map(({ _id }) => _id);
    const steps = (await this.steps.byIds(await this.reviews.stepsOfJurors(jurorIds))).filter(
      ({ state }) => state !== 'draft',
    );
    const [pairs, calls, cohorts] = await Promise.all([
      this.reviews.ofJurors(
        jurorIds,
        steps.map(({ _id }) => _id),
      ),
      this.calls.byIds(steps.map(({ callId }) => callId)),
      this.cohorts.byIds(steps.map(({ cohortId }) => cohortId)),
    ]);
    const files = await this.applications.some(pairs.map(({ applicationId }) => applicationId));
    const known = new Map(files.map((file) => [String(file._id), file]));
    const sorted = steps.sort((a, b) => String(b.callId).localeCompare(String(a.callId)) || a.number - b.number);
    return {
      isJuror: jurors.length > 0,
      steps: sorted.flatMap((step) => {
        const call = calls.find(({ _id }) => _id.equals(step.callId));
        const cohort = cohorts.find(({ _id }) => _id.equals(step.cohortId));
        if (!call || cohort?.state !== 'running') return [];
        const own = pairs.filter(
          ({ stepId, state, applicationId }) =>
            stepId.equals(step._id) && (state === 'submitted' || isReadIn(step, applicationId)),
        );
        const { name, number, state, dueAt } = step;
        return {
          ...{ id: String(step._id), name, number, state, dueAt: dueAt?.toISOString() ?? null },
          ...{ callTitle: call.title, callSlug: call.slug, kind: call.kind },
          cohort: { name: cohort.name, color: cohort.color },
          items: toSummaries(
            own.flatMap((pair) => {
              const file = known.get(String(pair.applicationId));
              const juror = jurors.find(({ _id }) => _id.equals(pair.jurorId));
              return file && juror ? [withInterest(pair, juror, file)] : [];
            }),
            known,
          ),
        };
      }),
    };
  }

  /** Throws 404. */
  async get(userId: string, reviewId: string): Promise<Review> {
    return await this.presenter.review(await this.load(userId, reviewId));
  }

  /** What was typed is kept; what another tab wrote since stays. Throws 404, 409 `step_closed`, `review_submitted`, `edited_meanwhile`, 422. */
  async write(userId: string, reviewId: string, body: WriteReview): Promise<WrittenReview> {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const loaded = await this.load(userId, reviewId);
      const { row, step } = loaded;
      mustBeOpen(loaded);
      if (!OPEN.includes(row.state)) throw isSubmitted();
      const problems = problemsOfScores(step, body.scores);
      if (problems.length > 0) throw invalid(problems);
      const { written, conflicts } = mergedReview(row, body);
      const isKept = written.parts.length === 0 || (await this.reviews.write(row, written, this.clock.now()));
      if (isKept) return { review: await this.get(userId, reviewId), conflicts };
    }
    throw editedMeanwhile();
  }

  /** What was shown in a revision counts. Sent again, it is handed in once. Throws 404, 409 `step_closed`, `review_submitted`, `edited_meanwhile`, `incomplete`. */
  async submit(userId: string, reviewId: string, revision: number): Promise<Review> {
    const loaded = await this.load(userId, reviewId);
    const { row, step } = loaded;
    if (row.state === 'submitted' && row.revision === revision) return await this.presenter.review(loaded);
    mustBeOpen(loaded);
    if (!OPEN.includes(row.state)) throw isSubmitted();
    if (row.revision !== revision) throw editedMeanwhile();
    const missing = missingInReview(step, row);
    if (missing.length > 0) throw conflict('incomplete', 'Something is not scored yet.', { missing });
    await this.transactions.run(async (session) => {
      if (!(await this.steps.holdOpen(step._id, session))) throw stepClosed();
      if (await this.reviews.submit(row, this.clock.now(), session)) return;
      const now = await this.reviews.byId(row._id, session);
      // The same, sent twice: the other one was faster.
      if (now?.state !== 'submitted' || now.revision !== revision) throw editedMeanwhile();
    });
    return await this.get(userId, reviewId);
  }

  /** Throws 404, 409 `step_closed`, `review_submitted`. */
  async giveUp(
    userId: string,
    reviewId: string,
    state: 'abstained' | 'conflict',
    { reason }: ReviewReason,
  ): Promise<Review> {
    const loaded = await this.load(userId, reviewId);
    mustBeOpen(loaded);
    await this.transactions.run(async (session) => {
      if (!(await this.steps.holdOpen(loaded.step._id, session))) throw stepClosed();
      if (!(await this.reviews.giveUp(loaded.row._id, state, reason, session))) throw isSubmitted();
    });
    return await this.get(userId, reviewId);
  }

  /** Puts a file off, or takes that back. Throws 404, 409 `step_closed`, `review_submitted`. */
  async skip(userId: string, reviewId: string, { isLater, reason }: SkipReview): Promise<Review> {
    const loaded = await this.load(userId, reviewId);
    mustBeOpen(loaded);
    const at = isLater ? this.clock.now() : null;
    if (!(await this.reviews.later(loaded.row._id, at, at ? reason : ''))) throw isSubmitted();
    return await this.get(userId, reviewId);
  }

  /** A file that is shown in this step. Throws 404. */
  async file(userId: string, reviewId: string, fileId: string): Promise<{ row: FileRow; isNameless: boolean }> {
    const { row, step, whole } = await this.load(userId, reviewId);
    if (row.state === 'conflict') throw notFound();
    const { answers } = await shownOf(step, whole);
    const id = toId(fileId);
    const shown = Object.values(answers).find((answer) => isFile(answer) && answer.fileId === fileId);
    if (!id || !shown || !isFile(shown)) throw notFound();
    const found = await this.files.heldBy(id, { kind: 'application', id: whole.file._id });
    return { row: found, isNameless: shown.name === '' };
  }

  private async load(userId: string, reviewId: string): Promise<Whole> {
    const id = toId(reviewId);
    const row = id && (await this.reviews.byId(id));
    const found = row && (await this.jurors.asPerson(row.jurorId, idOf(userId)));
    const [juror] = found ? await this.known.of([found]) : [];
    if (!row || !juror) throw notFound();
    const [step, call, cohort, whole] = await Promise.all([
      this.steps.byId(row.stepId),
      this.calls.byId(row.callId),
      this.cohorts.byId(juror.cohortId),
      this.applications.whole(row.applicationId),
    ]);
    if (!step || step.state === 'draft' || !call || cohort?.state !== 'running' || !whole) throw notFound();
    // What staff chose no more is read no more; what was handed in of it stays to be seen.
    if (row.state !== 'submitted' && !isReadIn(step, row.applicationId)) throw notFound();
    return { row: withInterest(row, juror, whole.file), step, call, whole };
  }
}

/** Who has an interest in a file by now (their organisation was written down later, or that of the file) has a conflict, whatever they were asked. What they handed in before stays. */
function withInterest<Row extends Pick<ReviewRow, 'state'>>(
  row: Row,
  juror: KnownJuror,
  file: Pick<HandedInRow, 'email' | 'submitted'>,
): Row {
  const isKept =
    row.state === 'submitted' || interestIn(juror, { email: file.email, agency: file.submitted.known.agency }) === null;
  return isKept ? row : { ...row, state: 'conflict' };
}

const isSubmitted = (): Problem =>
  conflict('review_submitted', 'This review is handed in, or given up. The programme team can open it again.');

function mustBeOpen({ step, row }: Pick<Whole, 'step' | 'row'>): void {
  if (step.state !== 'open') throw stepClosed();
  if (row.state === 'conflict') throw isSubmitted();
}
