import type { CohortActor } from '../../common/actor.js';
import { forbidden } from '../../common/problem.js';
import type { Project, UpdateProject } from '../../contracts/cohorts/cohorts.js';
import { isOfTeam } from '../cohort-rules.js';
import type { ProjectRow } from './project.schema.js';

/** Who runs a cohort changes all of a project, its fellows and hosts the summary. What applicants ask is for its hosts, and the programme team. */
export function projectAbilities(
  actor: CohortActor,
  project: Pick<ProjectRow, '_id' | 'hostIds'>,
): Project['abilities'] {
  const runs = actor.cohortState === 'running';
  const edit = runs && isOfTeam(actor);
  const isHost = actor.role === 'host' && project.hostIds.some((id) => String(id) === actor.userId);
  const isTeam = isHost || (actor.role === 'fellow' && actor.projectId === String(project._id));
  return { edit, editSummary: edit || (runs && isTeam), readQuestions: isHost || actor.role === 'staff' };
}

/** Throws 403 for who may not change what is asked. */
export function mustChange(
  actor: CohortActor,
  project: Pick<ProjectRow, '_id' | 'hostIds'>,
  asked: UpdateProject,
): void {
  const may = projectAbilities(actor, project);
  const onlySummary = Object.keys(asked).every((field) => field === 'summary');
  if (!may.edit && !(may.editSummary && onlySummary)) throw forbidden();
}
