import type { ZodType } from 'zod';
import { fieldProblems } from '../../../../src/common/validation';
import { type useFieldText, wrongFields } from './form';

/**
 * A zod schema of the contracts as Mantine's `validate`: the same rules, codes and words as the server's. With the schema comes the
 * library (25 kB): for parts that come late, where the answer of the server does not do.
 */
export function zodValidate(schema: ZodType, text: ReturnType<typeof useFieldText>) {
  return (values: unknown): Record<string, string> => {
    const result = schema.safeParse(values, { reportInput: true });
    if (result.success) return {};
    return wrongFields(fieldProblems(result.error.issues), text);
  };
}
