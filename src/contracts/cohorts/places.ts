import { z } from 'zod';
import { Line } from '../primitives.js';
import { Craft } from '../roles.js';

/** So many people a project takes at most. */
export const MAX_PLACES = 3;

const skills = z.array(Line(60)).max(5);

/** A place of a project: the craft that is wanted, the skills that who takes it must have, and those that would be nice. */
export const ProjectPlace = z.strictObject({ craft: Craft, must: skills, nice: skills });
export type ProjectPlace = z.infer<typeof ProjectPlace>;
