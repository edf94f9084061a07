import { firstLetterOf } from '../ui/people/initials';

/** The sign of a cohort: its number where its name has one, else its first letter. */
export function markOf(name: string): string {
  return /\d+/.exec(name)?.[0].slice(-2) ?? firstLetterOf(name);
}
