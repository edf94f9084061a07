import type { UploadedFile } from '../contracts/files.js';
import type { FileRow } from './file.schema.js';

/** Where files are opened by the cookie of files. */
export const FILES_AT = '/files/uploads';

/** What other documents keep of a file, so that showing them asks nothing more. */
export type FileFacts = Pick<FileRow, 'name' | 'type' | 'kind' | 'size'> & {
  width?: number | null | undefined;
  height?: number | null | undefined;
};

/** A file as it goes out. */
export function presentFile(id: string, file: FileFacts): UploadedFile {
  const url = `${FILES_AT}/${id}`;
  const { name, type, kind, size } = file;
  return {
    id,
    name,
    type,
    kind,
    size,
    width: file.width ?? null,
    height: file.height ?? null,
    url,
    previews: kind === 'image' ? { small: `${url}/small`, large: `${url}/large` } : null,
  };
}
