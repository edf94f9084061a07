import { Types } from 'mongoose';
import type { NoteRow } from '../interview.schema.js';
import { isSameNote, notesOf, summed } from './judged.js';

const name = { en: 'Craft', fr: 'Métier' };
const help = { en: '', fr: '' };
const call = {
  criteria: [
    { key: 'craft', name, help, weight: 60 },
    { key: 'public', name, help, weight: 40 },
  ],
};
const note = (more: Partial<NoteRow> = {}): NoteRow => ({
  ...{ _id: new Types.ObjectId(), interviewId: new Types.ObjectId(), applicationId: new Types.ObjectId() },
  ...{ authorId: new Types.ObjectId(), text: 'Clear.', revision: 1, changedAt: new Date(0), submittedAt: new Date(0) },
  ...more,
});

describe('what a panel thinks of an interview, in numbers', () => {
  it.each([
    ['nothing', [], null, [0, 0, 0]],
    ['notes of before there were scores', [{}, {}], null, [0, 0, 0]],
    ['one that scored all', [{ scores: { craft: 4, public: 2 }, verdict: 'yes' }], 3.2, [1, 0, 0]],
    ['one that scored a part', [{ scores: { public: 2 }, verdict: 'maybe' }], 2, [0, 1, 0]],
    ['a criterion that the call has no more', [{ scores: { gone: 1, craft: 3 } }], 3, [0, 0, 0]],
    ['two, of whom one said no word in numbers', [{ scores: { craft: 4 } }, { verdict: 'no' }], 4, [0, 0, 1]],
  ] as [string, Partial<NoteRow>[], number | null, number[]][])(
    'given %s, then the mean and the verdicts are told',
    (_, notes, mean, [yes, maybe, no]) => {
      expect(summed(notes, call)).toEqual({ handedIn: notes.length, mean, verdicts: { yes, maybe, no } });
    },
  );
});

it('given a note that is not handed in, then others read nothing of it', () => {
  const rows = [note({ submittedAt: null, scores: { craft: 1 } }), note({ scores: { craft: 2 }, verdict: 'maybe' })];
  expect(notesOf(rows, () => 'Zoé', call)).toEqual([
    {
      ...{ authorName: 'Zoé', text: 'Clear.', scores: { craft: 2 }, verdict: 'maybe', mean: 2 },
      submittedAt: new Date(0).toISOString(),
    },
  ]);
});

it.each([
  ['the same', {}, true],
  ['another score', { scores: { craft: 2 } }, false],
  ['a verdict', { verdict: 'yes' as const }, false],
  ['other words', { text: 'Else.' }, false],
  ['not handed in', { submit: false }, false],
])('given %s is sent again, then it is told whether the note says so', (_, change, expected) => {
  const sent = { revision: 0, text: 'Clear.', scores: { craft: 1 }, verdict: null, submit: true };
  expect(isSameNote(note({ scores: { craft: 1 } }), { ...sent, ...change })).toBe(expected);
});
