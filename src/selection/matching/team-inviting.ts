import { Injectable, type OnModuleInit } from '@nestjs/common';
import { acceptanceEnded, applicationErased } from '../../calls/calls.events.js';
import { AcceptedFiles } from '../../calls/decisions/accepted-files.reader.js';
import { type ForTeams, TeamInvitations } from '../../cohorts/invited/team-invitations.js';
import { ProposedProjects } from '../../cohorts/projects/proposed-projects.service.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { proposalsAdopted } from './matching.events.js';
import { invitedName } from './matching-people.js';
import { ProjectWishesRepository } from './project-wishes.repository.js';

/** What follows from proposals that are adopted, and from files that are taken back or erased: hosts are invited, invitations end, wishes are forgotten. */
@Injectable()
export class TeamInviting implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly files: AcceptedFiles,
    private readonly projects: ProposedProjects,
    private readonly wishes: ProjectWishesRepository,
    private readonly invitations: TeamInvitations,
  ) {}

  onModuleInit(): void {
    this.outbox.on(proposalsAdopted, 'hosts', ({ cohortId, projectIds, byId }) =>
      this.inviteHosts(cohortId, new Set(projectIds), byId),
    );
    this.outbox.on(acceptanceEnded, 'invitations', ({ applicationId }) => this.invitations.end(idOf(applicationId)));
    this.outbox.on(applicationErased, 'invitations', ({ applicationId }) =>
      this.invitations.forget(idOf(applicationId)),
    );
    this.outbox.on(applicationErased, 'wishes', ({ applicationId }) => this.wishes.forget(idOf(applicationId)));
  }

  /** One invitation a person, with all their projects. */
  private async inviteHosts(cohortId: string, projectIds: ReadonlySet<string>, byId: string): Promise<void> {
    const id = idOf(cohortId);
    const files = new Map((await this.files.ofCohort(id, 'projects')).map((file) => [String(file.id), file]));
    const hosts = new Map<string, ForTeams>();
    for (const project of await this.projects.ofCohort(id)) {
      const file = files.get(String(project.applicationId));
      if (!file || !projectIds.has(String(project._id))) continue;
      const { email, locale, timeZone } = file;
      const before = hosts.get(email);
      hosts.set(email, {
        ...{ email, name: invitedName(file), locale, timeZone, role: 'host' },
        projectIds: [...(before?.projectIds ?? []), project._id],
        applicationIds: [...(before?.applicationIds ?? []), file.id],
      });
    }
    await this.invitations.invite(id, byId, [...hosts.values()], (ids, session) => this.files.hold(ids, session));
  }
}
