import { z } from 'zod';
import { Instant } from '../primitives.js';
import { WorkshopKind } from './workshop-fields.js';

/**
 * GET `/api/public/certificates/:code`, without a login: what a certificate of attendance says, as it was last made out. `says` is null when it does not
 * hold any more (the attendance was corrected, or the workshop is there no more): nothing else is told then. An unknown code is a 404.
 */
export const CertificateCheck = z.object({
  code: z.string(),
  says: z
    .object({
      name: z.string(),
      title: z.string(),
      kind: WorkshopKind,
      startsAt: Instant,
      endsAt: Instant,
      timeZone: z.string(),
      cohort: z.string(),
      madeAt: Instant,
    })
    .nullable(),
});
export type CertificateCheck = z.infer<typeof CertificateCheck>;
