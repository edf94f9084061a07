import { Types } from 'mongoose';
import { type PersonLinkPurpose, PersonLinks } from '../../../src/auth/tokens/person-links.js';
import type { TestWorld } from '../app.js';

/** The token that a mail to `person` holds. */
export const personLink = (
  world: TestWorld,
  purpose: PersonLinkPurpose,
  { id, email }: { id: string; email: string },
  ...about: string[]
): string => world.app.get(PersonLinks).sign(purpose, { _id: new Types.ObjectId(id), email }, about);
