import type { Types } from 'mongoose';
import type { HandedInRow } from '../../calls/applications/applications-reader.js';
import { grouped } from '../../common/grouped.js';
import type { Assigned } from '../../contracts/selection/assignment.js';
import { interestIn } from '../jurors/interests.js';
import type { KnownJuror } from '../jurors/known-jurors.js';
import { OPEN, type PairRow } from '../reviews/reviews.repository.js';
import type { AssignmentProblem, Pair } from './assigning.js';

type Who = Pick<PairRow, 'applicationId' | 'jurorId'>;

/** The files and jurors of a step, and who is asked to read what. Jurors are those who have not left, in an order that stays. */
export interface Table {
  stepId: Types.ObjectId;
  files: readonly HandedInRow[];
  jurors: readonly KnownJuror[];
  pairs: readonly PairRow[];
  /** What jurors said that they will not read, in whichever step of the call. */
  givenUp: readonly Who[];
}

/** Nobody has begun it, and staff did not set it by hand. */
const isLoose = ({ state, isLocked }: PairRow): boolean => state === 'asked' && !isLocked;
/** It is read, or will be. */
const counts = ({ state }: PairRow): boolean => OPEN.includes(state) || state === 'submitted';

const keyOf = ({ applicationId, jurorId }: Who) => `${String(applicationId)} ${String(jurorId)}`;
const placesOf = (rows: readonly { _id: Types.ObjectId }[]) =>
  new Map(rows.map(({ _id }, index) => [String(_id), index]));

/** What is to be worked out. `byRule`: so many pairs are kept apart since the juror has an interest in the file. */
export function toProblem(
  { stepId, files, jurors, pairs, givenUp }: Table,
  { perFile, perJuror }: { perFile: number; perJuror: number },
): AssignmentProblem & { byRule: number } {
  const [fileAt, jurorAt] = [placesOf(files), placesOf(jurors)];
  const toPair = ({ applicationId, jurorId }: Who): Pair[] => {
    const [file, juror] = [fileAt.get(String(applicationId)), jurorAt.get(String(jurorId))];
    return file === undefined || juror === undefined ? [] : [[file, juror]];
  };
  const byRule = files.flatMap((file, at) =>
    jurors.flatMap((juror, of): Pair[] => (hasInterest(juror, file) ? [[at, of]] : [])),
  );
  const isApart = new Set(byRule.map(String));
  return {
    files: files.map(({ submitted }) => ({ craft: submitted.known.craft ?? null })),
    jurors: jurors.map(({ craft, organisation }) => ({ craft, organisation })),
    apart: [...byRule, ...givenUp.flatMap(toPair)],
    // What somebody with an interest has begun is read by nobody; what they handed in before that was known stays.
    fixed: pairs
      .filter((pair) => counts(pair) && !isLoose(pair))
      .flatMap((pair) => toPair(pair).filter((one) => pair.state === 'submitted' || !isApart.has(String(one)))),
    loose: pairs.filter(isLoose).flatMap(toPair),
    ...{ perFile, perJuror, seed: Number.parseInt(String(stepId).slice(-8), 16), byRule: byRule.length },
  };
}

/** What is to be written so that these pairs stand, beside those that stay: who is asked no more, who is asked now, and all that stand then. */
export function changesOf(
  { files, jurors, pairs: there }: Table,
  pairs: readonly Pair[],
): { gone: PairRow[]; fresh: Who[]; stands: Who[] } {
  const wanted = pairs.flatMap(([file, juror]): Who[] => {
    const [of, by] = [files[file], jurors[juror]];
    return of && by ? [{ applicationId: of._id, jurorId: by._id }] : [];
  });
  const loose = there.filter(isLoose);
  const [isWanted, isThere] = [new Set(wanted.map(keyOf)), new Set(loose.map(keyOf))];
  return {
    gone: loose.filter((pair) => !isWanted.has(keyOf(pair))),
    fresh: wanted.filter((pair) => !isThere.has(keyOf(pair))),
    stands: [...there.filter((pair) => counts(pair) && !isLoose(pair)), ...wanted],
  };
}

/** How many files each juror reads. */
export function loadsOf({ jurors }: Pick<Table, 'jurors'>, stands: readonly Who[]): Assigned['loads'] {
  const by = grouped(stands, ({ jurorId }) => String(jurorId));
  return jurors.map(({ _id, name }) => ({ jurorId: String(_id), name, files: by.get(String(_id))?.length ?? 0 }));
}

/** How many jurors read each file. */
export function readersOf({ files }: Pick<Table, 'files'>, stands: readonly Who[]): Assigned['short'] {
  const by = grouped(stands, ({ applicationId }) => String(applicationId));
  return files.map(({ _id, numberText = '' }) => ({
    ...{ applicationId: String(_id), number: numberText, jurors: by.get(String(_id))?.length ?? 0 },
  }));
}

/** Who reads one more file: the juror that is named, or who has least to read and may. */
export function nextJuror(
  { jurors, pairs, givenUp }: Pick<Table, 'jurors' | 'pairs' | 'givenUp'>,
  file: HandedInRow,
  jurorId: string | undefined,
): KnownJuror | 'unknown' | 'conflict' | 'there' | 'nobody' {
  const asked = new Set(
    [...pairs, ...givenUp]
      .filter(({ applicationId }) => applicationId.equals(file._id))
      .map((pair) => String(pair.jurorId)),
  );
  if (jurorId !== undefined) {
    const named = jurors.find(({ _id }) => String(_id) === jurorId);
    if (!named) return 'unknown';
    if (hasInterest(named, file)) return 'conflict';
    return asked.has(jurorId) ? 'there' : named;
  }
  const load = grouped(pairs.filter(counts), (pair) => String(pair.jurorId));
  const loadOf = ({ _id }: KnownJuror) => load.get(String(_id))?.length ?? 0;
  const isOfCraft = ({ craft }: KnownJuror) => Number(craft !== null && craft === file.submitted.known.craft);
  const free = jurors.filter((juror) => !asked.has(String(juror._id)) && !hasInterest(juror, file));
  return free.sort((a, b) => loadOf(a) - loadOf(b) || isOfCraft(b) - isOfCraft(a))[0] ?? 'nobody';
}

const hasInterest = (juror: KnownJuror, { email, submitted }: HandedInRow) =>
  interestIn(juror, { email, agency: submitted.known.agency }) !== null;
