import { z } from 'zod';
import { MAX_ALT } from './limits.js';
import { Id, Line } from './primitives.js';

/** What a file can do on a page: an `image` has previews, `audio` and `video` can be played, a `file` is downloaded. Told from its content. */
export const FileKind = z.enum(['image', 'audio', 'video', 'file']);
export type FileKind = z.infer<typeof FileKind>;

/**
 * A file that somebody uploaded. `type` is told from its content, never from its name; `size` in bytes. `width` and `height` are of an
 * image, turned upright. The addresses are opened by the cookie of files; `previews` of an image carry none of its metadata.
 */
export const UploadedFile = z.object({
  id: Id,
  name: z.string(),
  type: z.string(),
  kind: FileKind,
  size: z.number().int(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  url: z.string(),
  previews: z.object({ small: z.string(), large: z.string() }).nullable(),
});
export type UploadedFile = z.infer<typeof UploadedFile>;

/** A file on a message or a post; `alt` says what an image shows, for who does not see it. */
export const Attachment = UploadedFile.extend({ alt: z.string() });
export type Attachment = z.infer<typeof Attachment>;

/** An upload of mine that goes with a message or a post. */
export const Attach = z.strictObject({ fileId: Id, alt: Line(MAX_ALT, 0).default('') });
export type Attach = z.infer<typeof Attach>;

/** A new description of an image that hangs on a message. */
export const Describe = z.strictObject({ fileId: Id, alt: Line(MAX_ALT, 0) });
export type Describe = z.infer<typeof Describe>;
