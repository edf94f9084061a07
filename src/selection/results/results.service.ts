import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import { type HandedInRow, nameOf } from '../../calls/applications/applications-reader.js';
import type { OwnRow } from '../../calls/applications/application-tables.repository.js';
import { OwnFiles } from '../../calls/own-files.js';
import { shownDecision } from '../../calls/decisions/deciding.js';
import { CohortsRepository } from '../../cohorts/cohorts.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { grouped } from '../../common/grouped.js';
import { Clock } from '../../common/times/clock.js';
import type { Result, Results, ResultsQuery, Strictness } from '../../contracts/selection/results.js';
import { idOf } from '../../infra/mongo/ids.js';
import type { JurorRow } from '../jurors/juror.schema.js';
import { JurorsRepository } from '../jurors/jurors.repository.js';
import type { ReviewRow } from '../reviews/review.schema.js';
import { type Comments, OPEN, ReviewsRepository } from '../reviews/reviews.repository.js';
import { StepFiles, ofFiles } from '../steps/step-files.js';
import type { StepRow } from '../steps/step.schema.js';
import { StepsService } from '../steps/steps.service.js';
import { resultLines } from './results-csv.js';
import {
  type JurorDistance,
  type RankedFile,
  type ScoredReview,
  cutsTie,
  movesAcross,
  ranked,
  rounded,
  scored,
  triedWeights,
} from './scoring.js';

/** Numbers of others of the same mean that one is shown. */
const MAX_TIES_SHOWN = 5;

/** What there is of a step before it is counted. */
interface Material {
  step: StepRow;
  files: HandedInRow[];
  reviews: ReviewRow[];
  jurors: JurorRow[];
  /** What who asks handed in themself. */
  own: OwnRow[];
}

/** What the reviews of a step come to. */
@Injectable()
export class ResultsService {
  constructor(
    private readonly stepsService: StepsService,
    private readonly jurors: JurorsRepository,
    private readonly reviews: ReviewsRepository,
    private readonly stepFiles: StepFiles,
    private readonly cohorts: CohortsRepository,
    private readonly own: OwnFiles,
    private readonly clock: Clock,
  ) {}

  /** Without what they handed in themself: a rank that nobody has, or a mean that moves, would tell them of it. Throws 404. */
  async get(actor: CohortActor, callId: string, query: ResultsQuery): Promise<Results> {
    const material = await this.material(actor, callId, query.stepId);
    const { step, files, reviews, jurors } = material;
    const weights = Object.fromEntries(step.criteria.map(({ key, weight }) => [key, weight]));
    const tried = triedWeights(weights, query.weights);
    const given = givenOf(reviews);
    const { reviews: scores, jurors: distances } = scored(given, tried);
    const ofCraft = files.filter(({ submitted }) => query.craft === undefined || submitted.known.craft === query.craft);
    const ids = ofCraft.map(({ _id }) => String(_id));
    const order = ranked(ids, scores, query.scores);
    const before = query.weights === undefined ? order : ranked(ids, scored(given, weights).reviews, query.scores);
    const moves = query.line === undefined ? { in: [], out: [] } : movesAcross(before, order, query.line);
    const wanted = order.filter(({ isWide, tied }) => {
      if (query.only === 'wide') return isWide;
      return query.only !== 'ties' || tied.length > 0;
    });
    const page = wanted.slice(query.from, query.from + query.limit);
    const comments = await this.reviews.comments(
      step._id,
      page.map(({ fileId }) => idOf(fileId)),
    );
    const toResult = this.resultsOf(material, scores, { moves, comments });
    const numberOf = new Map(files.map((file) => [String(file._id), file.numberText ?? '']));
    const toNumbers = (of: readonly string[]) => of.map((id) => numberOf.get(id) ?? '');
    const inCraft = new Set(ids);
    const givenHere = reviews.filter(({ applicationId }) => inCraft.has(String(applicationId)));
    return {
      items: page.map(toResult),
      total: wanted.length,
      counts: {
        files: ids.length,
        asked: givenHere.filter(({ state }) => OPEN.includes(state) || state === 'submitted').length,
        submitted: givenHere.filter(({ state }) => state === 'submitted').length,
        wide: order.filter(({ isWide }) => isWide).length,
        ties: order.filter(({ tied }) => tied.length > 0).length,
        conflicts: givenHere.filter(({ state }) => state === 'conflict').length,
      },
      crafts: craftsOf(files),
      ...{ criteria: step.criteria, scale: step.scale },
      jurors: strictnessOf(jurors, distances),
      lineCutsTie: query.line !== undefined && cutsTie(order, query.line),
      moves: { in: toNumbers(moves.in), out: toNumbers(moves.out) },
    };
  }

  /** The table as a file for a spreadsheet: one line a review, without what they handed in themself. Throws 404. */
  async csv(actor: CohortActor, callId: string, stepId: string): Promise<string> {
    const { step, files, reviews, jurors } = await this.material(actor, callId, stepId, true);
    const locale = (await this.cohorts.byId(idOf(actor.cohortId)))?.locale ?? 'fr';
    const weights = Object.fromEntries(step.criteria.map(({ key, weight }) => [key, weight]));
    const { reviews: scores } = scored(givenOf(reviews), weights);
    const { rows, delimiter } = resultLines({ step, files, reviews, jurors, scores }, locale);
    return stringify(rows, { delimiter, record_delimiter: 'windows', escape_formulas: true, bom: true });
  }

  private async material(actor: CohortActor, callId: string, stepId: string, withWords = false): Promise<Material> {
    const { call, step } = await this.stepsService.load(actor, callId, stepId);
    const [all, reviews, jurors, own] = await Promise.all([
      this.stepFiles.files(step),
      this.reviews.whole(step._id, withWords),
      this.jurors.ofCall(call._id),
      this.own.inCall(actor, call._id),
    ]);
    const mine = new Set(own.map(({ _id }) => String(_id)));
    const files = all.filter(({ _id }) => !mine.has(String(_id)));
    return {
      ...{ step, jurors, files, own },
      // What is read no more (taken back, not chosen any more) counts for nobody.
      reviews: ofFiles(reviews, files),
    };
  }

  private resultsOf(
    { files, reviews, own: theirs }: Material,
    scores: readonly ScoredReview[],
    {
      moves,
      comments,
    }: { moves: { in: readonly string[]; out: readonly string[] }; comments: ReadonlyMap<string, Comments> },
  ): (ranked: RankedFile) => Result {
    const now = this.clock.now();
    const fileOf = new Map(files.map((file) => [String(file._id), file]));
    const reviewsOf = grouped(reviews, ({ applicationId }) => String(applicationId));
    const scoresOf = grouped(scores, ({ fileId }) => fileId);
    return ({ fileId, tied, ...numbers }) => {
      const file = fileOf.get(fileId);
      const own = reviewsOf.get(fileId) ?? [];
      const byJuror = new Map(own.map((review) => [String(review.jurorId), review]));
      const verdicts = { yes: 0, maybe: 0, no: 0 };
      for (const { state, verdict } of own) if (state === 'submitted' && verdict) verdicts[verdict] += 1;
      return {
        ...{ applicationId: fileId, number: file?.numberText ?? '', name: file ? nameOf(file) : '' },
        ...{ craft: file?.submitted.known.craftName ?? null, ...numbers, verdicts },
        scores: (scoresOf.get(fileId) ?? []).flatMap(({ jurorId, raw, levelled }) => {
          const review = byJuror.get(jurorId);
          if (!review) return [];
          return {
            reviewId: String(review._id),
            jurorId,
            raw: rounded(raw),
            levelled: rounded(levelled),
            verdict: review.verdict,
            ...(comments.get(String(review._id)) ?? { comment: '', toApplicant: '' }),
          };
        }),
        open: own.filter(({ state }) => OPEN.includes(state)).length,
        tiedWith: tied
          .slice(0, MAX_TIES_SHOWN + 1)
          .filter((id) => id !== fileId)
          .slice(0, MAX_TIES_SHOWN)
          .map((id) => fileOf.get(id)?.numberText ?? ''),
        moved: moves.in.includes(fileId) ? 'in' : moves.out.includes(fileId) ? 'out' : null,
        decision: file ? shownDecision(file, now, theirs) : null,
      };
    };
  }
}

const givenOf = (reviews: readonly ReviewRow[]) =>
  reviews
    .filter(({ state }) => state === 'submitted')
    .map(({ jurorId, applicationId, scores }) => ({ jurorId: String(jurorId), fileId: String(applicationId), scores }));

function craftsOf(files: readonly HandedInRow[]): Results['crafts'] {
  const byCraft = grouped(
    files.filter(({ submitted }) => submitted.known.craft !== undefined),
    ({ submitted }) => submitted.known.craft ?? '',
  );
  return [...byCraft].flatMap(([key, own]) => {
    const name = own[0]?.submitted.known.craftName;
    return name ? [{ key, name, files: own.length }] : [];
  });
}

function strictnessOf(jurors: readonly JurorRow[], distances: ReadonlyMap<string, JurorDistance>): Strictness[] {
  const rows = jurors.flatMap(({ _id, name }): Strictness[] => {
    const found = distances.get(String(_id));
    return found ? [{ jurorId: String(_id), name, ...found }] : [];
  });
  return rows.sort((a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity) || a.name.localeCompare(b.name));
}
