import type { Call } from '../../../../../src/contracts/calls/calls';
import type { FieldOption } from '../../../../../src/contracts/calls/forms';

/** The crafts among which who applies chooses: those of the form. */
export const craftsOf = ({ form, fields }: Pick<Call, 'form' | 'fields'>): readonly FieldOption[] =>
  (form?.fields ?? fields).find(({ key, kind }) => key === 'craft' && kind === 'one')?.options ?? [];
