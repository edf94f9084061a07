import { Injectable } from '@nestjs/common';
import { AgendaService } from '../../agenda/agenda.service.js';
import { Milestones } from '../../cohorts/timeline/milestones.service.js';
import { ProjectEditing } from '../../cohorts/projects/project-editing.service.js';
import type { CohortActor } from '../../common/actor.js';
import { CyclesQuery } from '../../contracts/mentoring/cycles.js';
import { TopicsQuery } from '../../contracts/forums.js';
import { MyActionsQuery } from '../../contracts/mentoring/mentoring.js';
import type { Week, WeekQuery } from '../../contracts/bridges/pages.js';
import { PageQuery } from '../../contracts/primitives.js';
import { RequestsQuery, type RequestBox } from '../../contracts/mentoring/requests.js';
import type { Role } from '../../contracts/roles.js';
import { TopicsService } from '../../forums/topics.service.js';
import { ActionsService } from '../../mentoring/actions/actions.service.js';
import { CyclesService } from '../../mentoring/cycles/cycles.service.js';
import { HELPING_ROLES } from '../../mentoring/requests/request.js';
import { RequestsService } from '../../mentoring/requests/requests.service.js';

const MOST = 100;
const MAX_TOPICS = 50;
const IN_CYCLES: readonly string[] = ['fellow', 'coach'] satisfies Role[];

/** The parts of somebody's week, as the routes of each answer them. */
@Injectable()
export class WeekService {
  constructor(
    private readonly agenda: AgendaService,
    private readonly milestones: Milestones,
    private readonly projects: ProjectEditing,
    private readonly requests: RequestsService,
    private readonly topics: TopicsService,
    private readonly actions: ActionsService,
    private readonly cycles: CyclesService,
  ) {}

  /** Throws 422 for a span that is none. */
  async of(actor: CohortActor, { since, from, to }: WeekQuery): Promise<Week> {
    const { userId, role, projectId } = actor;
    const [milestones, project, myAgenda, agenda, requests, myRequests, topics, actions, cycles] = await Promise.all([
      this.milestones.page(actor, PageQuery.parse({ limit: MOST })),
      projectId === null ? null : this.projects.get(actor, projectId),
      this.agenda.mine(userId, { from: since, to }),
      this.agenda.ofCohort(actor, { from, to }),
      (HELPING_ROLES as readonly string[]).includes(role)
        ? this.waiting(actor, role === 'staff' ? 'all' : 'for_me')
        : null,
      role === 'fellow' ? this.waiting(actor, 'mine') : null,
      this.topics.list(actor, TopicsQuery.parse({ state: 'unanswered', limit: MAX_TOPICS })),
      role === 'staff' || role === 'host' ? null : this.actions.mine(actor, MyActionsQuery.parse({ state: 'open' })),
      IN_CYCLES.includes(role) ? this.cycles.list(actor, CyclesQuery.parse({ state: 'open', limit: MOST })) : null,
    ]);
    const [mine, ofCohort] = [wholly(myAgenda), wholly(agenda)];
    return { milestones, project, myAgenda: mine, agenda: ofCohort, requests, myRequests, topics, actions, cycles };
  }

  private waiting(actor: CohortActor, box: RequestBox) {
    return this.requests.list(actor, RequestsQuery.parse({ box, state: 'waiting', limit: MOST }));
  }
}

/** A list that is one page. */
const wholly = <T>(items: T[]) => ({ items, nextCursor: null });
