import { grouped } from '../../common/grouped.js';
import { MAX_LEVELLING, WIDE_SPREAD } from '../../contracts/selection/results.js';

/** So many files one must share with others before it is said how strict one is. */
const MIN_SHARED = 3;
/** Means are compared, and shown, in hundredths. */
const HUNDREDTHS = 100;

/** What a juror gave to a file, by the key of the criterion. */
export interface GivenScores {
  jurorId: string;
  fileId: string;
  scores: Readonly<Record<string, number>>;
}

/** The weights of criteria, by their key. */
export type Weights = Readonly<Record<string, number>>;

/** A review as a number. */
export interface ScoredReview {
  jurorId: string;
  fileId: string;
  raw: number;
  levelled: number;
}

/** How far the means of a juror lie from those of the others on the files that they share. */
export interface JurorDistance {
  files: number;
  shared: number;
  distance: number | null;
}

/** A file in the order of results. */
export interface RankedFile {
  fileId: string;
  mean: number | null;
  spread: number | null;
  rank: number | null;
  isWide: boolean;
  /** All files of this mean, this one too; empty where it is the only one. One list for all of them. */
  tied: readonly string[];
}

/** What is exactly between two hundredths goes up, also where its binary fraction lies below. */
export const rounded = (value: number) => Math.round(Number((value * HUNDREDTHS).toFixed(6))) / HUNDREDTHS;
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The weighted mean of a review. A criterion without weight does not count; null where nothing that counts was scored. */
export function weightedMean(scores: Readonly<Record<string, number>>, weights: Weights): number | null {
  const counted = Object.entries(weights).filter(([key, weight]) => weight > 0 && scores[key] !== undefined);
  const total = counted.reduce((sum, [, weight]) => sum + weight, 0);
  return total === 0 ? null : counted.reduce((sum, [key, weight]) => sum + weight * (scores[key] ?? 0), 0) / total;
}

/**
 * Reviews as numbers, raw and levelled, and how strict each juror is. A juror's distance is the mean, over the files that they share with others, of their weighted mean less the mean of
 * the others'. Levelled scores are without that distance, of which at most {@link MAX_LEVELLING} is taken off; who shares fewer than three files has none.
 */
export function scored(
  given: readonly GivenScores[],
  weights: Weights,
): { reviews: ScoredReview[]; jurors: Map<string, JurorDistance> } {
  const raws = given.flatMap(({ jurorId, fileId, scores }) => {
    const raw = weightedMean(scores, weights);
    return raw === null ? [] : [{ jurorId, fileId, raw }];
  });
  const byFile = grouped(raws, ({ fileId }) => fileId);
  const byJuror = grouped(raws, ({ jurorId }) => jurorId);
  const jurors = new Map(
    [...byJuror].map(([jurorId, own]): [string, JurorDistance] => {
      const distances = own.flatMap(({ fileId, raw }) => {
        const others = (byFile.get(fileId) ?? []).filter((one) => one.jurorId !== jurorId);
        return others.length === 0 ? [] : [raw - meanOf(others.map((one) => one.raw))];
      });
      const distance = distances.length < MIN_SHARED ? null : rounded(meanOf(distances));
      return [jurorId, { files: own.length, shared: distances.length, distance }];
    }),
  );
  const reviews = raws.map((one) => {
    const distance = jurors.get(one.jurorId)?.distance ?? 0;
    const taken = Math.max(-MAX_LEVELLING, Math.min(MAX_LEVELLING, distance));
    return { ...one, levelled: one.raw - taken };
  });
  return { reviews, jurors };
}

/** Files by the mean of their reviews, the highest first; those of one mean share a rank, and stand in the order in which they came. Those without a review come last, without a rank. */
export function ranked(
  fileIds: readonly string[],
  reviews: readonly ScoredReview[],
  by: 'raw' | 'levelled',
): RankedFile[] {
  const byFile = grouped(reviews, ({ fileId }) => fileId);
  const rows = fileIds.map((fileId) => {
    const scores = (byFile.get(fileId) ?? []).map((one) => one[by]);
    if (scores.length === 0) return { fileId, mean: null, spread: null, isWide: false };
    const spread = rounded(Math.max(...scores) - Math.min(...scores));
    return { fileId, mean: rounded(meanOf(scores)), spread, isWide: spread >= WIDE_SPREAD };
  });
  const sorted = rows.sort((a, b) => (b.mean ?? -1) - (a.mean ?? -1));
  const byMean = grouped(sorted, ({ mean }) => String(mean));
  const tied = new Map([...byMean].map(([mean, files]) => [mean, files.map(({ fileId }) => fileId)]));
  const ranks = new Map<number | null, number>();
  for (const [index, { mean }] of sorted.entries()) if (!ranks.has(mean)) ranks.set(mean, index + 1);
  return sorted.map((row) => {
    const same = row.mean === null ? [] : (tied.get(String(row.mean)) ?? []);
    return {
      ...row,
      rank: row.mean === null ? null : (ranks.get(row.mean) ?? null),
      tied: same.length > 1 ? same : [],
    };
  });
}

/** Whether the last file above a line of so many has the mean of the first below it. */
export function cutsTie(files: readonly RankedFile[], line: number): boolean {
  const [last, next] = [files[line - 1], files[line]];
  return last?.mean !== undefined && last.mean !== null && last.mean === next?.mean;
}

/** Those who come over a line of so many, or fall below it, where other weights are tried. */
export function movesAcross(
  before: readonly RankedFile[],
  after: readonly RankedFile[],
  line: number,
): { in: string[]; out: string[] } {
  const above = (files: readonly RankedFile[]) => files.slice(0, line).map(({ fileId }) => fileId);
  const [was, is] = [new Set(above(before)), new Set(above(after))];
  return { in: [...is].filter((id) => !was.has(id)), out: [...was].filter((id) => !is.has(id)) };
}

/** Other weights as they are named in a query; those that are not named keep theirs, those of no criterion are left out. */
export function triedWeights(weights: Weights, tried: string | undefined): Weights {
  const named = (tried ?? '').split(',').flatMap((one): [string, number][] => {
    const [key = '', weight] = one.split(':');
    return key in weights ? [[key, Number(weight)]] : [];
  });
  return { ...weights, ...Object.fromEntries(named) };
}
