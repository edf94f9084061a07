import type { CohortActor } from '../../../common/actor.js';
import type { PlacedProject } from '../../../cohorts/projects/proposed-projects.service.js';
import type { OwnProjectQuestion, ProjectQuestion } from '../../../contracts/selection/questions.js';
import type { ProjectQuestionRow } from './project-question.schema.js';

/** Who asks, as far as it decides what they may do. */
export type Reader = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;

/** Whether somebody reads what the hosts of a project are asked: its own hosts and the programme team. */
export const readsQuestions = ({ userId, role }: Reader, { hostIds }: Pick<PlacedProject, 'hostIds'>): boolean =>
  role === 'staff' || (role === 'host' && hostIds.some((id) => String(id) === userId));

/** A question for who reads it at its project. `by`: whose it is; hosts are told nothing of that. */
export function presentQuestion(
  { _id, text, askedAt, answer, answeredAt, hiddenAt }: ProjectQuestionRow,
  { role, cohortState }: Reader,
  { by, isOwn }: { by: string; isOwn: boolean },
): ProjectQuestion {
  const isStaff = role === 'staff';
  const acts = cohortState === 'running' && !isOwn;
  return {
    ...{ id: String(_id), text, askedAt: askedAt.toISOString(), by: isStaff ? by : null },
    ...{ isHidden: hiddenAt !== undefined, answer: answer ?? null, answeredAt: answeredAt?.toISOString() ?? null },
    abilities: { answer: acts && answeredAt === undefined && hiddenAt === undefined, hide: acts && isStaff },
  };
}

/** The same for who asked it. */
export function presentOwn(
  { projectId, text, askedAt, answer, answeredAt, hiddenAt }: ProjectQuestionRow,
  project: string,
): OwnProjectQuestion {
  const isHidden = hiddenAt !== undefined;
  return {
    ...{ projectId: String(projectId), project, text, askedAt: askedAt.toISOString(), isHidden },
    answer: isHidden ? null : (answer ?? null),
    answeredAt: isHidden ? null : (answeredAt?.toISOString() ?? null),
  };
}
