import { z } from 'zod';
import { MAX_PROJECT_ANSWER, MAX_PROJECT_QUESTION } from '../limits.js';
import { Id, Instant, Text } from '../primitives.js';

/** What somebody who is accepted asked the hosts of a project, as they see it themselves. `isHidden`: the programme team took it from the hosts; its answer is not shown then. */
export const OwnProjectQuestion = z.object({
  projectId: Id,
  /** How it is called. */
  project: z.string(),
  text: z.string(),
  askedAt: Instant,
  isHidden: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
});
export type OwnProjectQuestion = z.infer<typeof OwnProjectQuestion>;

/** GET /api/applications/:id/questions, for who is accepted as a fellow; 404 for all others. `canAsk`: as long as the projects are open to wishes. */
export const OwnProjectQuestions = z.object({ canAsk: z.boolean(), items: z.array(OwnProjectQuestion) });
export type OwnProjectQuestions = z.infer<typeof OwnProjectQuestions>;

/** POST to the same path: one question to each project, plain text. The same, sent again, is one. 409 `wishes_not_open`, `wishes_closed`, `already_asked`; 422 `/projectId` `unknown_project`. */
export const AskProject = z.strictObject({ projectId: Id, text: Text(MAX_PROJECT_QUESTION, 1) });
export type AskProject = z.infer<typeof AskProject>;

/** A question as the hosts of its project read it: nothing says whose it is. `by`: whose, for the programme team alone. */
export const ProjectQuestion = z.object({
  id: Id,
  text: z.string(),
  askedAt: Instant,
  by: z.string().nullable(),
  isHidden: z.boolean(),
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
  abilities: z.object({ answer: z.boolean(), hide: z.boolean() }),
});
export type ProjectQuestion = z.infer<typeof ProjectQuestion>;

/** GET C/projects/:projectId/questions, for its hosts and staff: the oldest first. Hosts do not get those that staff hid. */
export const ProjectQuestions = z.object({ items: z.array(ProjectQuestion) });
export type ProjectQuestions = z.infer<typeof ProjectQuestions>;

/** PUT C/projects/:projectId/questions/:questionId/answer, by a host of the project or staff, once: who asked gets a mail. 409 `already_answered`, `question_hidden`, `own_file`. */
export const AnswerProjectQuestion = z.strictObject({ text: Text(MAX_PROJECT_ANSWER, 1) });
export type AnswerProjectQuestion = z.infer<typeof AnswerProjectQuestion>;

/** PUT C/projects/:projectId/questions/:questionId/hidden (staff): takes it from the hosts, or gives it back to them. 409 `own_file`. */
export const HideProjectQuestion = z.strictObject({ isHidden: z.boolean() });
export type HideProjectQuestion = z.infer<typeof HideProjectQuestion>;
