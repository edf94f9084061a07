import { type Answers, type Missing, missingIn, shownFields } from '../../../../../src/contracts/calls/answers';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { sectionsOf } from '../../call-forms/sections';

/** A part of the form that is shown: where it stands, what it asks, and how much of it is missing. */
export interface ShownSection {
  id: string;
  section: FormField | null;
  fields: FormField[];
  missing: Missing[];
}

/** What is asked of who answered so far, by its sections, with what each of them lacks. */
export function shownSections(fields: readonly FormField[], answers: Answers): ShownSection[] {
  const missing = missingIn(fields, answers);
  return sectionsOf(shownFields(fields, answers))
    .filter(({ section, fields: own }) => own.length > 0 || section !== null)
    .map(({ section, fields: own }, at) => {
      const keys = new Set(own.map(({ key }) => key));
      return { id: `section-${at + 1}`, section, fields: own, missing: missing.filter(({ field }) => keys.has(field)) };
    });
}
