import type { Types } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import type { Criterion } from '../../../contracts/calls/calls.js';
import type {
  InterviewNote,
  MyInterview,
  PanelInterview,
  WriteInterviewNote,
} from '../../../contracts/selection/interviews.js';
import { rounded, weightedMean } from '../../results/scoring.js';
import { USUAL_SCALE } from '../../steps/step-rules.js';
import type { NoteRow } from '../interview.schema.js';

type Call = { criteria: readonly Criterion[] };
type Judged = Pick<NoteRow, 'scores' | 'verdict'>;

/** By what interviews of a call are judged: its criteria, and the words that a new step of its jury has. */
export const judgedBy = ({ criteria }: Call): Pick<MyInterview, 'criteria' | 'scale'> => ({
  ...{ criteria: [...criteria], scale: [...USUAL_SCALE] },
});

/** What a note says of the criteria that the call has by now. */
export const scoresOf = ({ scores = {} }: Judged, { criteria }: Call): Record<string, number> =>
  Object.fromEntries(Object.entries(scores).filter(([scored]) => criteria.some(({ key }) => key === scored)));

/** Whether a note says what was sent. */
export const isSameNote = (row: NoteRow, { text, scores, verdict, submit }: WriteInterviewNote): boolean =>
  row.text === text &&
  isDeepStrictEqual(row.scores ?? {}, scores) &&
  (row.verdict ?? null) === verdict &&
  (row.submittedAt !== null) === submit;

/** The notes that are handed in, as others read them. */
export const notesOf = (
  rows: readonly NoteRow[],
  called: (userId: Types.ObjectId) => string,
  call: Call,
): InterviewNote[] =>
  rows.flatMap((row) => {
    if (!row.submittedAt) return [];
    const mean = meanOf(row, call);
    return [
      {
        ...{
          authorName: called(row.authorId),
          text: row.text,
          scores: scoresOf(row, call),
          verdict: row.verdict ?? null,
        },
        ...{ mean: mean === null ? null : rounded(mean), submittedAt: row.submittedAt.toISOString() },
      },
    ];
  });

/** What is handed in of an interview, in numbers. Who scored nothing, or gave no verdict, is not counted there. */
export function summed(notes: readonly Judged[], call: Call): Pick<PanelInterview, 'handedIn' | 'mean' | 'verdicts'> {
  const means = notes.flatMap((note) => meanOf(note, call) ?? []);
  const said = (which: NoteRow['verdict']) => notes.filter(({ verdict }) => verdict === which).length;
  return {
    handedIn: notes.length,
    mean: means.length === 0 ? null : rounded(means.reduce((sum, mean) => sum + mean, 0) / means.length),
    verdicts: { yes: said('yes'), maybe: said('maybe'), no: said('no') },
  };
}

const meanOf = ({ scores = {} }: Judged, { criteria }: Call): number | null =>
  weightedMean(scores, Object.fromEntries(criteria.map(({ key, weight }) => [key, weight])));
