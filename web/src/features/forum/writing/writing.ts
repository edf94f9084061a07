import type { Attach, Attachment } from '../../../../../src/contracts/files';
import { Problem } from '../../../api/problem';

/** Characters of a post. */
export const MAX_POST = 30_000;

/** What is told of the files that go with a post. */
export const asAttach = (files: readonly Attachment[]): Attach[] => files.map(({ id, alt }) => ({ fileId: id, alt }));

/** A file that waited for longer than a day is not there any more: said in words of its own. */
export function aboutFiles(error: unknown): unknown {
  const isAboutFiles = error instanceof Problem && error.errors.some(({ field }) => field.startsWith('/attachments'));
  return isAboutFiles ? new Problem(409, 'file_gone') : error;
}
