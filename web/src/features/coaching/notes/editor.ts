import type { Availability } from '../../../../../src/contracts/mentoring/mentoring';

/** What each part of the editor gets: the draft, how to change it, and what is wrong at a JSON pointer. */
export interface PartProps {
  draft: Availability;
  onChange: (part: Partial<Availability>) => void;
  errorAt: (field: string) => string | undefined;
}
