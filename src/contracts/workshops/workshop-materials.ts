import { z } from 'zod';
import { UploadedFile } from '../files.js';
import { Id, Instant, Line, Person, SOMETHING, Text, WebLink, page } from '../primitives.js';

/** Whether one reads it before the workshop or after it. */
export const MaterialPhase = z.enum(['before', 'after']);
export type MaterialPhase = z.infer<typeof MaterialPhase>;

/**
 * A file or a link that hosts added to a workshop. `url` opens it: of a file by the cookie of files, each time for who may see the
 * workshop then. `addedBy` without a name is a former member.
 */
export const AddedMaterial = z.object({
  id: Id,
  title: z.string(),
  phase: MaterialPhase,
  isRecording: z.boolean(),
  url: z.string(),
  file: UploadedFile.nullable(),
  addedBy: Person,
  addedAt: Instant,
});
export type AddedMaterial = z.infer<typeof AddedMaterial>;

/** GET C/workshops/:id/materials: all that were added, in their order, for who may see the workshop; `add` for staff and its hosts. */
export const AddedMaterials = page(AddedMaterial).extend({ abilities: z.object({ add: z.boolean() }) });
export type AddedMaterials = z.infer<typeof AddedMaterials>;

/**
 * POST .../materials (staff, its hosts; of a published workshop): a link with its title, or an upload of mine, by its own name unless
 * a title is given. A file is part of the workshop from then on and is opened by all who may see it.
 */
export const AddMaterial = z
  .strictObject({
    title: Line(120, 0).optional(),
    url: WebLink.optional(),
    fileId: Id.optional(),
    phase: MaterialPhase,
    isRecording: z.boolean().default(false),
  })
  .refine(({ url, fileId }) => (url === undefined) !== (fileId === undefined), {
    path: ['url'],
    params: { code: 'link_or_file' },
    error: 'must be given, or fileId, and not both',
  })
  .refine(({ url, title }) => url === undefined || Boolean(title), {
    path: ['title'],
    params: { code: 'required' },
    error: 'is needed for a link',
  })
  .meta({
    oneOf: [
      { required: ['url', 'title'], properties: { title: SOMETHING.line }, not: { required: ['fileId'] } },
      { required: ['fileId'], not: { required: ['url'] } },
    ],
  });
export type AddMaterial = z.infer<typeof AddMaterial>;

/**
 * GET, PUT .../minutes: what was said and decided, as markdown, for who may see the workshop; `revision` is 0 while nobody has written
 * any. `write` for staff and its hosts, of a published workshop.
 */
export const WorkshopMinutes = z.object({
  body: z.string(),
  revision: z.number(),
  editedBy: Person.nullable(),
  editedAt: Instant.nullable(),
  abilities: z.object({ write: z.boolean() }),
});
export type WorkshopMinutes = z.infer<typeof WorkshopMinutes>;

/** PUT .../minutes: all of them anew; `revision` is the one that was read, else 409 `stale` with `now`. */
export const WriteMinutes = z.strictObject({ body: Text(50_000), revision: z.number().int().min(0) });
export type WriteMinutes = z.infer<typeof WriteMinutes>;
