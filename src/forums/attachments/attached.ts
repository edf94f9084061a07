import type { Types } from 'mongoose';
import { type Problem, invalidField } from '../../common/problem.js';
import type { Attach } from '../../contracts/files.js';
import { MAX_ATTACHMENTS } from '../../contracts/limits.js';
import { attachmentOf } from '../../files/attachment.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { FileRow } from '../../files/file.schema.js';

/** Who writes, and where: only their own uploads for this place can go with a post. */
export interface Writer {
  ownerId: Types.ObjectId;
  cohortId: Types.ObjectId;
}

/**
 * The files of a post as its writer wants them, in their order. `had` hang on it already, or on what it said before; `waiting` are uploads that were not sent, by their
 * id. Throws 422 `/attachments/<n>/fileId` `unknown` for a file that is not there, not the writer's, uploaded for another place, sent elsewhere, or wanted twice.
 */
export function attachedAs(
  wanted: readonly Attach[],
  had: readonly AttachmentRow[],
  waiting: ReadonlyMap<string, FileRow>,
  { ownerId, cohortId }: Writer,
): AttachmentRow[] {
  const known = new Map(had.map((file) => [String(file.fileId), file]));
  const taken = new Set<string>();
  return wanted.map(({ fileId, alt }, at) => {
    const id = fileId.toLowerCase();
    const [before, upload] = [known.get(id), waiting.get(id)];
    const isTheirs = upload?.ownerId.equals(ownerId) && upload.cohortId?.equals(cohortId);
    if (taken.has(id)) throw unknownFile(at);
    taken.add(id);
    if (before) return { ...before, alt };
    if (!upload || !isTheirs) throw unknownFile(at);
    return attachmentOf(upload, alt);
  });
}

/**
 * The files as their writer wants them, with what others changed since the writer began: what the writer added or took out, and new words for what an image shows, are done to the files of
 * now. `seen`: those from which the writer began. Pure.
 */
export function filesTogether(
  mine: readonly Attach[],
  seen: readonly Attach[],
  now: readonly AttachmentRow[],
): Attach[] {
  const [wanted, begun] = [byId(mine), byId(seen)];
  const theirs = now.map(({ fileId, alt }): Attach => ({ fileId: String(fileId), alt }));
  if (idsOf(seen) === idsOf(theirs)) return [...mine];
  const stays = theirs.flatMap((file) => {
    const [own, before] = [wanted.get(file.fileId), begun.get(file.fileId)];
    if (before && !own) return [];
    return own && own.alt !== before?.alt ? own : file;
  });
  const isThere = byId([...seen, ...theirs]);
  return [...stays, ...mine.filter(({ fileId }) => !isThere.has(fileId.toLowerCase()))];
}

/** All files of a thing as somebody wants them, with those of others. Throws 422 `/attachments` `too_big` where there are too many together. */
export function allFiles(
  mine: readonly Attach[],
  seen: readonly Attach[] | undefined,
  had: readonly AttachmentRow[],
): Attach[] {
  const all = seen ? filesTogether(mine, seen, had) : [...mine];
  if (all.length > MAX_ATTACHMENTS)
    throw invalidField('/attachments', 'too_big', { of: 'array', maximum: MAX_ATTACHMENTS });
  return all;
}

const idsOf = (files: readonly Attach[]) => files.map(({ fileId }) => fileId.toLowerCase()).join();
const byId = (files: readonly Attach[]) => new Map(files.map((file) => [file.fileId.toLowerCase(), file]));

/** The files that only the first of these have: nothing shows them any more. */
export function lostFiles(
  before: readonly Pick<AttachmentRow, 'fileId'>[],
  after: readonly Pick<AttachmentRow, 'fileId'>[],
): Types.ObjectId[] {
  const kept = new Set(after.map(({ fileId }) => String(fileId)));
  const lost = new Map(before.map(({ fileId }) => [String(fileId), fileId]));
  return [...lost].flatMap(([id, fileId]) => (kept.has(id) ? [] : [fileId]));
}

/** Do these say the same of the same files? */
export const sameFiles = (some: readonly AttachmentRow[], others: readonly AttachmentRow[]): boolean =>
  some.length === others.length &&
  some.every((one, at) => others[at]?.fileId.equals(one.fileId) && others[at].alt === one.alt);

export const unknownFile = (at: number): Problem => invalidField(`/attachments/${at}/fileId`, 'unknown');
