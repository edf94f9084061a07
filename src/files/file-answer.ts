import contentDisposition from 'content-disposition';
import parseRange from 'range-parser';
import type { ByteRange } from '../infra/files/file-store.js';
import { OCTETS, isShown } from './file-kinds.js';
import type { FileRow } from './file.schema.js';
import type { Variant } from './files.service.js';

/** Should anything of it be taken for a page all the same, it may do nothing: no script, no form, no origin (CSP level 3, `sandbox`). */
const POLICY = "default-src 'none'; sandbox";

/** How a file is handed out. What is no image, sound or film is a download without a type: it never becomes a page of ours. */
export function headersOf(row: FileRow, variant: Variant): Record<string, string> {
  const shown = variant !== 'original' || isShown(row.type);
  const type = variant === 'original' ? (shown ? row.type : OCTETS) : 'image/webp';
  const name = variant === 'original' ? row.name : `${row.name}.webp`;
  return {
    'content-type': type,
    'content-disposition': contentDisposition(name, { type: shown ? 'inline' : 'attachment' }),
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    // Asked again each time, since who may read it may change; the bytes behind an id never do.
    'cache-control': 'private, no-cache',
    etag: `"${String(row._id)}-${variant}"`,
    ...(variant === 'original' && { 'accept-ranges': 'bytes' }),
  };
}

/** The one part that is asked for; null for the whole file (none or several asked for), `outside` when it lies past its end (416). */
export function partOf(range: string | undefined, size: number): ByteRange | 'outside' | null {
  const parts = range === undefined ? -2 : parseRange(size, range);
  if (parts === -1) return 'outside';
  if (parts === -2 || parts.type !== 'bytes' || parts.length !== 1) return null;
  const [{ start, end } = { start: 0, end: 0 }] = parts;
  return { start, end };
}
