import { type HandedInRow, nameOf } from '../../calls/applications/applications-reader.js';
import { grouped } from '../../common/grouped.js';
import type { Locale } from '../../contracts/primitives.js';
import type { JurorRow } from '../jurors/juror.schema.js';
import type { ReviewRow } from '../reviews/review.schema.js';
import type { StepRow } from '../steps/step.schema.js';
import type { ScoredReview } from './scoring.js';

const WORDS = {
  en: {
    delimiter: ',',
    head: ['Number', 'Name', 'Juror', 'Organisation', 'Status', 'Mean', 'Levelled mean'],
    tail: ['Verdict', 'To the jury', 'To the applicant'],
    states: {
      asked: 'Not begun',
      begun: 'Begun',
      submitted: 'Handed in',
      abstained: 'Abstained',
      conflict: 'Conflict of interest',
    },
    verdicts: { yes: 'Yes', maybe: 'Maybe', no: 'No' },
  },
  fr: {
    delimiter: ';',
    head: ['Numéro', 'Nom', 'Membre du jury', 'Organisation', 'État', 'Moyenne', 'Moyenne ajustée'],
    tail: ['Avis', 'Pour le jury', 'Pour la personne'],
    states: {
      asked: 'Pas commencé',
      begun: 'Commencé',
      submitted: 'Rendu',
      abstained: 'Abstention',
      conflict: 'Conflit d’intérêts',
    },
    verdicts: { yes: 'Oui', maybe: 'Peut-être', no: 'Non' },
  },
} as const;

/** One line a review, by the number of its file, with a column for each criterion; a file that nobody reads has a line of its own. What is not handed in says nothing of its scores. */
export function resultLines(
  {
    step,
    files,
    reviews,
    jurors,
    scores,
  }: {
    step: StepRow;
    files: readonly HandedInRow[];
    reviews: readonly ReviewRow[];
    jurors: readonly JurorRow[];
    scores: readonly ScoredReview[];
  },
  locale: Locale,
): { rows: string[][]; delimiter: string } {
  const words = WORDS[locale];
  const byFile = grouped(reviews, ({ applicationId }) => String(applicationId));
  const jurorOf = new Map(jurors.map((juror) => [String(juror._id), juror]));
  const scoreOf = new Map(scores.map((score) => [`${score.fileId} ${score.jurorId}`, score]));
  const inWords = (value: number | undefined) =>
    value === undefined
      ? ''
      : new Intl.NumberFormat(locale, { maximumFractionDigits: 2, useGrouping: false }).format(value);
  const lineOf = (file: HandedInRow, review: ReviewRow | null): string[] => {
    const isIn = review?.state === 'submitted';
    const score = review && scoreOf.get(`${String(file._id)} ${String(review.jurorId)}`);
    const juror = review && jurorOf.get(String(review.jurorId));
    return [
      ...[file.numberText ?? '', nameOf(file), juror?.name ?? '', juror?.organisation ?? ''],
      ...[review ? words.states[review.state] : '', inWords(score?.raw), inWords(score?.levelled)],
      ...step.criteria.map(({ key }) => (isIn ? String(review.scores[key] ?? '') : '')),
      ...(isIn
        ? [review.verdict ? words.verdicts[review.verdict] : '', review.comment, review.toApplicant]
        : ['', '', '']),
    ];
  };
  const rows = files.flatMap((file) => {
    const own = byFile.get(String(file._id)) ?? [];
    return own.length === 0 ? [lineOf(file, null)] : own.map((review) => lineOf(file, review));
  });
  const head = [...words.head, ...step.criteria.map(({ name }) => name[locale]), ...words.tail];
  return { rows: [head, ...rows], delimiter: words.delimiter };
}
