import type { FormField } from '../../../../src/contracts/calls/forms';

/** A part of a form: its heading, and the fields under it. What stands before the first heading has none. */
export interface FormSection {
  section: FormField | null;
  fields: FormField[];
}

/** The fields of a form by the headings that they stand under, in their order; of the whole form, or of what is shown of it. */
export function sectionsOf(fields: readonly FormField[]): FormSection[] {
  const sections: FormSection[] = [];
  for (const field of fields) {
    if (field.kind === 'section') sections.push({ section: field, fields: [] });
    else {
      if (sections.length === 0) sections.push({ section: null, fields: [] });
      sections.at(-1)?.fields.push(field);
    }
  }
  return sections;
}

/** What is asked at all: headings ask nothing. */
export const askedOf = (fields: readonly FormField[]): FormField[] => fields.filter(({ kind }) => kind !== 'section');
