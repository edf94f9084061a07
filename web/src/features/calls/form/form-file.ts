import { z } from 'zod';
import { type FormField, FormFields, problemsOfForm } from '../../../../../src/contracts/calls/forms';

/** Larger is no form. */
export const MOST_BYTES = 2_000_000;

const FormFile = z.object({ cordee: z.literal('form'), fields: FormFields });

/** A form as a file: to be kept, or to be brought into another call. */
export const formAsFile = (fields: readonly FormField[]): string => JSON.stringify({ cordee: 'form', fields }, null, 2);

/** The fields of such a file; null for what is none, and for a form that could not be one: without a name that is asked, or with two fields of one key. */
export function formFromFile(text: string): FormField[] | null {
  try {
    const { fields } = FormFile.parse(JSON.parse(text));
    const isNone = problemsOfForm(fields).some(({ code }) => ['no_name', 'doubled', 'doubled_options'].includes(code));
    return isNone ? null : fields;
  } catch {
    return null;
  }
}
