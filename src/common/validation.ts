import type { core, z } from 'zod';
import type { FieldProblem } from '../contracts/primitives.js';
import { invalid } from './problem.js';

const MAX_ERRORS = 50;

/** Zod's issues as problems of fields: JSON pointers (RFC 6901) with stable codes. At most 50 are named. */
export function fieldProblems(issues: readonly core.$ZodIssue[]): FieldProblem[] {
  return issues.slice(0, MAX_ERRORS).flatMap(problemsOf).slice(0, MAX_ERRORS);
}

function problemsOf(issue: core.$ZodIssue): FieldProblem[] {
  const at = pointer(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_ERRORS).map((key) => ({ field: `${at}${pointer([key])}`, code: 'unknown_field' }));
    case 'invalid_type':
      return [
        {
          field: at,
          code: issue.input === undefined ? 'required' : 'wrong_type',
          params: { expected: issue.expected },
        },
      ];
    case 'too_small':
      return [{ field: at, code: 'too_small', params: { minimum: Number(issue.minimum), of: issue.origin } }];
    case 'too_big':
      return [{ field: at, code: 'too_big', params: { maximum: Number(issue.maximum), of: issue.origin } }];
    case 'invalid_format':
      return [{ field: at, code: 'wrong_format', params: { format: issue.format } }];
    case 'invalid_value':
      return [{ field: at, code: 'not_allowed', params: { values: issue.values.map(String) } }];
    case 'not_multiple_of':
      return [{ field: at, code: 'not_multiple_of', params: { divisor: issue.divisor } }];
    case 'custom':
      return [{ field: at, code: typeof issue.params?.code === 'string' ? issue.params.code : 'invalid' }];
    default:
      return [{ field: at, code: 'invalid' }];
  }
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Parses or throws the 422 that names each wrong field. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) throw invalid(fieldProblems(parsed.error.issues));
  return parsed.data;
}
