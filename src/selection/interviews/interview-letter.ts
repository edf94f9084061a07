import type { Types } from 'mongoose';
import type { InterviewLetterKind } from './interview-words.js';
import type { Stretch } from './times.js';

/**
 * What a letter is about. `turn`: of the interview, as it came to be with the letter: of another one by then it is not sent, since another letter tells of that. `userId`: who sits on the panel, absent in
 * letters to who applies. `was`: the time that it tells of.
 */
export interface AboutInterview {
  kind: InterviewLetterKind;
  interviewId: Types.ObjectId;
  turn: number;
  userId?: Types.ObjectId;
  was?: Stretch;
}
