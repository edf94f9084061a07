import { type Answers, isFile } from '../../../contracts/calls/answers.js';
import type { ApplicationRow } from '../application.schema.js';
import type { SentAnswers } from './merging.js';

/** The ids of the files in answers. */
export const filesIn = (answers: Answers | undefined): string[] =>
  Object.values(answers ?? {}).flatMap((answer) => (isFile(answer) ? [answer.fileId] : []));

/** The files that nothing names any more once answers are changed so: those of what was handed in stay. */
export function withoutFiles(
  { answers, submitted }: Pick<ApplicationRow, 'answers' | 'submitted'>,
  change: SentAnswers,
): string[] {
  const before = Object.fromEntries(
    Object.keys(change).flatMap((key) => (answers[key] === undefined ? [] : [[key, answers[key]]])),
  );
  const kept = new Set(filesIn(submitted?.answers));
  return filesIn(before).filter((fileId) => !kept.has(fileId));
}

/** The files of what was handed in before that what is handed in now does not name, nor what is being written. */
export function leftBehind(
  { answers, submitted }: Pick<ApplicationRow, 'answers' | 'submitted'>,
  handed: Answers,
): string[] {
  const kept = new Set([...filesIn(answers), ...filesIn(handed)]);
  return filesIn(submitted?.answers).filter((fileId) => !kept.has(fileId));
}
