import { InvitePerson } from '../../contracts/cohorts/cohorts.js';
import { fieldProblems } from '../../common/validation.js';
import { type ImportLine, type LineError, lineError } from './invitation-csv.js';
import { projectKey } from '../projects/projects.repository.js';

/** A line that may become an invitation. */
export interface CheckedLine extends InvitePerson {
  line: number;
  projectKey: string | null;
}

const SENTENCES: Record<string, string> = {
  required: 'This is missing.',
  wrong_type: 'This is not a text.',
  wrong_format: 'This is not in the right form.',
  too_small: 'This is too short.',
  too_big: 'This is too long.',
  not_allowed: 'This is not one of the words allowed here.',
  unknown_field: 'This field is not expected.',
};

/**
 * Checks each line on its own and against the others. Codes: those of fields (`required`, `wrong_format`, `too_big`, `not_allowed`,
 * `unknown_field`), `duplicate` for an address that came before, `not_for_role` for a project of somebody of the staff.
 */
export function checkLines(lines: readonly ImportLine[]): { checked: CheckedLine[]; errors: LineError[] } {
  const checked: CheckedLine[] = [];
  const errors: LineError[] = [];
  const firstLine = new Map<string, number>();
  for (const { line, person } of lines) {
    const parsed = InvitePerson.safeParse(person, { reportInput: true });
    if (!parsed.success) {
      errors.push(...fieldErrors(line, person, parsed.error.issues));
      continue;
    }
    const { email, project, role } = parsed.data;
    const before = firstLine.get(email);
    if (before !== undefined) {
      errors.push({
        ...lineError(line, 'duplicate', `Line ${before} has the same address.`, 'email', email),
        otherLine: before,
      });
    } else if (project !== undefined && role === 'staff') {
      errors.push(lineError(line, 'not_for_role', 'The programme team has no project.', 'project', project));
    } else {
      checked.push({ ...parsed.data, line, projectKey: project === undefined ? null : projectKey(project) });
    }
    if (before === undefined) firstLine.set(email, line);
  }
  return { checked, errors };
}

function fieldErrors(line: number, person: unknown, issues: Parameters<typeof fieldProblems>[0]): LineError[] {
  return fieldProblems(issues).map(({ field, code }) => {
    const name = field.slice(1);
    return lineError(line, code, SENTENCES[code] ?? 'This is not right.', name, textOf(person, name));
  });
}

function textOf(person: unknown, field: string): string | undefined {
  const value = typeof person === 'object' && person !== null ? (person as Record<string, unknown>)[field] : person;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
