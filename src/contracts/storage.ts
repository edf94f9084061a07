import { z } from 'zod';
import { MAX_STORAGE_MB } from './limits.js';
import { Id, Person } from './primitives.js';

/** How much room files take, of how much there is, in bytes. Previews count with their image. */
export const StorageUse = z.object({ files: z.number().int(), used: z.number().int(), limit: z.number().int() });
export type StorageUse = z.infer<typeof StorageUse>;

/** GET /api/me/storage: what I uploaded, in each of my cohorts and (`cohortId` null) in direct conversations. */
export const MyStorage = z.object({ items: z.array(StorageUse.extend({ cohortId: Id.nullable() })) });
export type MyStorage = z.infer<typeof MyStorage>;

const Megabytes = z.number().int().min(1).max(MAX_STORAGE_MB);

/**
 * GET C/storage (staff, admin): what the files of a cohort take, and who has most, ten at most. `imported`: what came in with a chat from elsewhere, which counts
 * for the cohort and for nobody in it. `calls`: what came in by calls, handed in or not, of the half of the room that these have together; `items`: what each of them holds. `settings` in megabytes (a million bytes); null takes that of the installation, `standard`.
 */
export const CohortStorage = z.object({
  whole: StorageUse,
  /** Bytes that one person may upload. */
  personLimit: z.number().int(),
  imported: z.number().int(),
  calls: StorageUse.extend({
    items: z.array(z.object({ callId: Id, files: z.number().int(), used: z.number().int() })),
  }),
  largest: z.array(z.object({ person: Person, files: z.number().int(), used: z.number().int() })),
  settings: z.object({ personMb: Megabytes.nullable(), cohortMb: Megabytes.nullable() }),
  standard: z.object({ personMb: Megabytes, cohortMb: Megabytes }),
  abilities: z.object({ setPerson: z.boolean(), setCohort: z.boolean() }),
});
export type CohortStorage = z.infer<typeof CohortStorage>;

/** PATCH C/storage: how much a person may upload (staff, admin), how much the whole cohort may hold (admin). null: as the installation says. */
export const UpdateStorage = z.strictObject({
  personMb: Megabytes.nullable().optional(),
  cohortMb: Megabytes.nullable().optional(),
});
export type UpdateStorage = z.infer<typeof UpdateStorage>;
