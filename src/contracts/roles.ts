import { z } from 'zod';

/** What a person is in one cohort (product.md). `alumni`: a fellow of a closed cohort. */
export const Role = z.enum(['fellow', 'coach', 'host', 'staff', 'alumni']);
export type Role = z.infer<typeof Role>;

/** The craft of a fellow or coach; each has its channel. */
export const Craft = z.enum(['developer', 'designer', 'data', 'product', 'other']);
export type Craft = z.infer<typeof Craft>;
