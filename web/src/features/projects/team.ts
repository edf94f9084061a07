import type { Project } from '../../../../src/contracts/cohorts/cohorts';
import { Problem } from '../../api/problem';
import { invitedKey, splitChosen } from '../../ui/forms/chosen';

const MAX_FELLOWS = 6;

/** Who is chosen for a project, members and invited ones. */
export interface Team {
  fellowIds: string[];
  hostIds: string[];
  coachIds: string[];
}

const PICKERS = ['fellowIds', 'hostIds', 'coachIds'] as const;

/** Who is in a project in a role, and who is planned for it. */
export function chosenOf(
  project: Project | undefined,
  role: 'fellow' | 'host' | 'coach',
): { id: string; name: string }[] {
  if (!project) return [];
  const members = { fellow: project.fellows, host: project.hosts, coach: project.coach ? [project.coach] : [] }[role];
  const invited = project.invited.filter((one) => one.role === role);
  return [...members, ...invited.map(({ invitationId, name }) => ({ id: invitedKey(invitationId), name }))];
}

/** As the server asks for them. */
export function teamOf(team: Team) {
  const [fellows, hosts, coaches] = [
    splitChosen(team.fellowIds),
    splitChosen(team.hostIds),
    splitChosen(team.coachIds),
  ];
  return {
    fellowIds: fellows.memberIds,
    hostIds: hosts.memberIds,
    coachId: coaches.memberIds[0] ?? null,
    invitedIds: [fellows, hosts, coaches].flatMap(({ invitationIds }) => invitationIds),
  };
}

/** What was refused of a team, at the picker that it was chosen in: the server counts the invited through all three. */
export function atPickers({ status, code, errors, extras }: Problem, team: Team): Problem {
  const moved = errors.map(({ field, ...rest }) => ({ ...rest, field: `/${pickerOf(field, team)}` }));
  return new Problem(status, code, moved, extras);
}

function pickerOf(pointer: string, team: Team): string {
  const [field = '', index] = pointer.slice(1).split('/');
  if (field === 'coachId') return 'coachIds';
  if (field !== 'invitedIds') return field;
  if (index === undefined) return team.fellowIds.length > MAX_FELLOWS ? 'fellowIds' : 'hostIds';
  const pickers = PICKERS.flatMap((picker) => splitChosen(team[picker]).invitationIds.map(() => picker));
  return pickers[Number(index)] ?? 'fellowIds';
}
