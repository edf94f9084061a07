import type { ClientSession } from 'mongoose';
import type { Attach } from '../../contracts/files.js';
import { type Attaching, StaleFiles } from '../../files/attaching.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { FileRow } from '../../files/file.schema.js';
import { toId } from '../../infra/mongo/ids.js';
import { type Writer, attachedAs, unknownFile } from './attached.js';

/** What somebody wants to hang on a thing, and what hangs on it or did already. */
interface Settled {
  wanted: readonly Attach[];
  had: readonly AttachmentRow[];
  writer: Writer;
  holder: NonNullable<FileRow['holder']>;
}

/** The files of a thing as its writer wants them; those that are new come to hang on it, in this transaction. Throws 422 `/attachments/<n>/fileId` `unknown`. */
export async function settledFiles(
  attaching: Attaching,
  { wanted, had, writer, holder }: Settled,
  session: ClientSession,
): Promise<AttachmentRow[]> {
  const hanging = new Set(had.map(({ fileId }) => String(fileId)));
  const fresh = wanted.flatMap(({ fileId }) => (hanging.has(fileId.toLowerCase()) ? [] : (toId(fileId) ?? [])));
  const waiting = await attaching.waiting(fresh, session);
  const attachments = attachedAs(wanted, had, waiting, writer);
  const claims = [...waiting.values()].map((file) => ({ fileId: file._id, ...writer, holder }));
  try {
    await attaching.hold(claims, session);
  } catch (error) {
    if (error instanceof StaleFiles) throw unknownFile(0);
    throw error;
  }
  return attachments;
}
