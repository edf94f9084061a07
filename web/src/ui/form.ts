import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ZodType } from 'zod';
import { fieldProblems } from '../../../src/common/validation';
import { Problem, type FieldProblem } from '../api/problem';

/** "/people/0/email" (RFC 6901) -> "people.0.email", the path of a Mantine field. */
export function fieldOf(pointer: string): string {
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

/** Words for a wrong field: `fields.<code>` of the feature, else of the common problems, else "check this". */
export function useFieldText(namespace?: string) {
  const { t } = useTranslation(namespace ? [namespace, 'problems'] : ['problems']);
  return (code: string, params?: Record<string, unknown>) => {
    const own = namespace ? [`${namespace}:fields.${code}`] : [];
    return t([...own, `problems:fields.${code}`, 'problems:fields.invalid'], params);
  };
}

/** A zod schema of the contracts as Mantine's `validate`: the same rules, codes and words as the server's. */
export function zodValidate(schema: ZodType, text: ReturnType<typeof useFieldText>) {
  return (values: unknown): Record<string, string> => {
    const result = schema.safeParse(values, { reportInput: true });
    if (result.success) return {};
    return wrongFields(fieldProblems(result.error.issues), text);
  };
}

function wrongFields(problems: readonly FieldProblem[], text: ReturnType<typeof useFieldText>): Record<string, string> {
  return Object.fromEntries(problems.map(({ field, code, params }) => [fieldOf(field), text(code, params)]));
}

/**
 * Sends a Mantine form: 422 errors go to their fields, the first wrong one takes the focus, every other problem stays
 * in `problem` for a `ProblemAlert` above the button. `submit` is for `<form onSubmit>`.
 */
export function useSubmit<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  send: (values: T) => Promise<unknown>,
  namespace?: string,
) {
  const text = useFieldText(namespace);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const focusFirst = (wrong: Record<string, unknown>) => {
    const [first] = Object.keys(wrong);
    if (first) setTimeout(() => form.getInputNode(first)?.focus());
  };

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    setProblem(null);
    try {
      await send(values);
    } catch (error) {
      if (error instanceof Problem && error.status === 422 && error.errors.length > 0) {
        const wrong = wrongFields(error.errors, text);
        form.setErrors(wrong);
        focusFirst(wrong);
      } else {
        setProblem(error);
      }
    } finally {
      setBusy(false);
    }
  }, focusFirst);

  return { submit, busy, problem };
}
