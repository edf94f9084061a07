import { Injectable } from '@nestjs/common';
import { AcceptedFiles } from '../../calls/decisions/accepted-files.reader.js';
import { OwnFiles } from '../../calls/own-files.js';
import { ProposedProjects } from '../../cohorts/projects/proposed-projects.service.js';
import type { CohortActor } from '../../common/actor.js';
import { invalid } from '../../common/problem.js';
import type { AcceptedProposals, AdoptProposals, AdoptedProposals } from '../../contracts/selection/proposals.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { ANSWERS_OF_PROPOSAL, projectFrom } from './from-proposal.js';
import { proposalsAdopted } from './matching.events.js';

/** Accepted proposals become projects of the cohort, with what they said. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly files: AcceptedFiles,
    private readonly own: OwnFiles,
    private readonly projects: ProposedProjects,
    private readonly outbox: Outbox,
  ) {}

  /** What each would become, or became. */
  async list(actor: CohortActor): Promise<AcceptedProposals> {
    const cohortId = idOf(actor.cohortId);
    const [files, projects] = await Promise.all([
      this.files.ofCohort(cohortId, 'projects', ANSWERS_OF_PROPOSAL),
      this.projects.ofCohort(cohortId),
    ]);
    const made = new Map(projects.map((project) => [String(project.applicationId), project]));
    return {
      items: files.map((file) => {
        const project = made.get(String(file.id));
        const { name, agency, summary, places } = project ?? projectFrom(file);
        return {
          ...{ applicationId: String(file.id), number: file.number, name, agency, summary, places },
          host: { name: file.known.name ?? '', email: file.email, locale: file.locale },
          projectId: project ? String(project._id) : null,
        };
      }),
    };
  }

  /** How many are no project yet. */
  async waiting(actor: CohortActor): Promise<number> {
    const cohortId = idOf(actor.cohortId);
    const [files, projects] = await Promise.all([
      this.files.ofCohort(cohortId, 'projects'),
      this.projects.ofCohort(cohortId),
    ]);
    const made = new Set(projects.map(({ applicationId }) => String(applicationId)));
    return files.filter(({ id }) => !made.has(String(id))).length;
  }

  /** Makes all of them, or none; who handed them in is invited. Throws 409 `cohort_closed`, `own_file` where one's own is named, 422 `/projects/n/applicationId` `not_accepted`, `doubled`, `/projects/n/name` `name_taken`. */
  async adopt(actor: CohortActor, { projects }: AdoptProposals): Promise<AdoptedProposals> {
    const files = await this.files.ofCohort(idOf(actor.cohortId), 'projects');
    const known = new Map(files.map((file) => [String(file.id), file.id]));
    const ids = projects.map(({ applicationId }) => applicationId.toLowerCase());
    const errors = ids.flatMap((id, at) => {
      const code = !known.has(id) ? 'not_accepted' : ids.indexOf(id) < at ? 'doubled' : null;
      return code ? [{ field: `/projects/${at}/applicationId`, code }] : [];
    });
    if (errors.length > 0) throw invalid(errors);
    await this.own.mustBeOfOthers(actor, ...files.filter(({ id }) => ids.includes(String(id))));
    const proposed = projects.map((project) => ({ ...project, applicationId: idOf(project.applicationId) }));
    const made = await this.projects.make(actor, proposed, async (projectIds, session) => {
      const fact = { cohortId: actor.cohortId, projectIds: projectIds.map(String), byId: actor.userId };
      await this.outbox.write(proposalsAdopted, fact, session);
    });
    return { made: made.length, ...(await this.list(actor)) };
  }
}
