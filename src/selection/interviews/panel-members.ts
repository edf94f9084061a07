import type { Types } from 'mongoose';
import { conflict, invalidField } from '../../common/problem.js';
import type { InterviewPanel } from '../../contracts/selection/interviews.js';
import { toIds } from '../../infra/mongo/ids.js';
import type { PanelRow } from './interview.schema.js';
import type { JudgedFile, KnownInterviewer } from './interviewers.js';

type People = ReadonlyMap<string, KnownInterviewer>;

/** Throws 409, naming the files: `interest` where somebody of these must not judge them, `still_read` where somebody has still to read them without what a step hides. */
export function mustTalkTo(
  userIds: readonly Types.ObjectId[],
  people: People,
  files: readonly (JudgedFile & { numberText?: string })[],
): void {
  const those = userIds.flatMap((id) => people.get(String(id)) ?? []);
  const numbersOf = (is: (one: KnownInterviewer, file: JudgedFile) => boolean) =>
    files.flatMap((file) => (those.some((one) => is(one, file)) ? [file.numberText ?? ''] : []));
  const kept = numbersOf((one, file) => one.mustNotJudge(file));
  if (kept.length > 0)
    throw conflict('interest', 'Somebody of the panel has an interest in these files.', { numbers: kept });
  const unread = numbersOf((one, file) => one.stillReads(file));
  if (unread.length > 0)
    throw conflict('still_read', 'Somebody of the panel has still to read these files without their names.', {
      numbers: unread,
    });
}

/** Who sits on a panel; who has left has no name. */
export const membersOf = ({ memberIds }: PanelRow, people: People): InterviewPanel['members'] =>
  memberIds.map((id) => {
    const known = people.get(String(id));
    return { userId: String(id), name: known?.name ?? '', isThere: known !== undefined };
  });

/** Those of a panel; who has left may stay on it, as nobody. Throws 422. */
export function membersAmong(
  asked: readonly string[],
  people: People,
  before: readonly Types.ObjectId[] = [],
): Types.ObjectId[] {
  const ids = [...new Set(asked.map((id) => id.toLowerCase()))];
  const known = new Set([...people.keys(), ...before.map(String)]);
  if (ids.length === 0 || ids.some((id) => !known.has(id))) throw invalidField('/memberIds', 'unknown');
  return toIds(ids);
}
