import { z } from 'zod';
import { Id } from '../primitives.js';

/**
 * What a page outside says of itself, beneath a message that links to it: words only, nothing is loaded from there. `url` is the address
 * as it is linked, `id` names it within its message (DELETE .../messages/:messageId/previews/:previewId takes it away); `description` and `site` (its own name for itself) may be empty.
 */
export const LinkPreview = z.object({
  id: Id,
  url: z.string(),
  title: z.string(),
  description: z.string(),
  site: z.string(),
});
export type LinkPreview = z.infer<typeof LinkPreview>;

/** Of a cohort: whether its messages show what they link to. `never`: this installation asks nothing of pages outside (`LINK_PREVIEWS`). */
export const LinkPreviewing = z.enum(['never', 'off', 'on']);
export type LinkPreviewing = z.infer<typeof LinkPreviewing>;
