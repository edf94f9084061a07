import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { Problem, isProblem } from '../../../api/problem';
import { invitedKey, splitChosen } from '../../../ui/forms/chosen';

/** Who hosts it, and who will once they have joined, as one picker holds them. */
export const hostKeysOf = ({ hosts, invitedHosts }: Pick<Workshop, 'hosts' | 'invitedHosts'>): string[] => [
  ...hosts,
  ...invitedHosts.map(({ invitationId }) => invitedKey(invitationId)),
];

/** The names of both, so that the picker can show them before any search. */
export const hostsShown = ({ people, invitedHosts }: Pick<Workshop, 'people' | 'invitedHosts'>) => [
  ...people,
  ...invitedHosts.map(({ invitationId, name }) => ({ id: invitedKey(invitationId), name })),
];

/** What was chosen, as the server asks for it. */
export function hostsOf(chosen: readonly string[]): { hosts: string[]; invitedHosts: string[] } {
  const { memberIds, invitationIds } = splitChosen(chosen);
  return { hosts: memberIds, invitedHosts: invitationIds };
}

/** What was refused of either, at the one picker. */
export function atHosts(error: unknown): unknown {
  if (!isProblem(error)) return error;
  const { status, code, errors, extras } = error;
  const moved = errors.map((one) => (/^\/(hosts|invitedHosts)\b/.test(one.field) ? { ...one, field: '/hosts' } : one));
  return new Problem(status, code, moved, extras);
}
