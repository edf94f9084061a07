import type { Attachment } from '../contracts/files.js';
import type { AttachmentRow } from './attachment.schema.js';
import type { FileRow } from './file.schema.js';
import { presentFile } from './present-file.js';

/** What a thing keeps of a file that comes to hang on it. */
export const attachmentOf = (file: FileRow, alt: string): AttachmentRow => {
  const { _id: fileId, name, type, kind, size, width, height } = file;
  return { fileId, name, type, kind, size, width, height, alt };
};

/** An attachment as it goes out. */
export const presentAttachment = (row: AttachmentRow): Attachment => ({
  ...presentFile(String(row.fileId), row),
  alt: row.alt,
});
