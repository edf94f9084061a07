import { type Answers, type Missing, missingIn, shownFields } from '../../../../../src/contracts/calls/answers';
import type { Application } from '../../../../../src/contracts/calls/applications';
import { missingOfAsked, withAsked } from '../../../../../src/contracts/calls/asking';
import type { FormField } from '../../../../../src/contracts/calls/forms';
import { sectionsOf } from '../../call-forms/sections';

/** A part of the form that is shown: where it stands, what it asks, and how much of it is missing. */
export interface ShownSection {
  id: string;
  section: FormField | null;
  fields: FormField[];
  missing: Missing[];
}

/** The same of a file in which, after the closing, some questions are open again: those alone, as the rest was handed in. */
export function openSections({ form, submitted, abilities }: Application, answers: Answers): ShownSection[] {
  const { only } = abilities;
  if (!only) return shownSections(form.fields, answers);
  const sections = shownSections(form.fields, withAsked(submitted?.answers ?? {}, answers, only));
  return sections.flatMap((section) => {
    const fields = section.fields.filter(({ key }) => only.includes(key));
    return fields.length === 0 ? [] : [{ ...section, fields, missing: missingOfAsked(section.missing, only) }];
  });
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

/** What has to be settled before it can be handed in: first what has two texts, then what is missing. What is not drawn cannot be gone to, and is not handed in. */
export function firstToSettle(sections: readonly ShownSection[], theirs: Readonly<Record<string, unknown>>) {
  const two = sections.flatMap(({ fields }) => fields).find(({ key }) => key in theirs);
  return two?.key ?? sections.flatMap(({ missing }) => missing)[0]?.field;
}
