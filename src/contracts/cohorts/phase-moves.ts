import { z } from 'zod';
import { Milestone, UpdateCohort } from './cohorts.js';
import { PlainDate } from '../primitives.js';

/** POST C/phases/preview (staff, admin): phases as they would be sent with PATCH C. Nothing is saved. */
export const PreviewPhases = z.strictObject({ phases: UpdateCohort.shape.phases.unwrap() });
export type PreviewPhases = z.infer<typeof PreviewPhases>;

/** A milestone that would move with its phase: from its day (`on`) to `movesTo`. */
export const MilestoneMove = Milestone.extend({ movesTo: PlainDate });
export type MilestoneMove = z.infer<typeof MilestoneMove>;

/** What would move, by day. */
export const PhasesPreview = z.object({ moves: z.array(MilestoneMove) });
export type PhasesPreview = z.infer<typeof PhasesPreview>;
