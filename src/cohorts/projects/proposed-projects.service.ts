import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { invalid } from '../../common/problem.js';
import { Clock } from '../../common/times/clock.js';
import type { ProjectPlace } from '../../contracts/cohorts/places.js';
import type { FieldProblem } from '../../contracts/primitives.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { mustRun } from '../cohort-rules.js';
import { projectChanged } from '../cohorts.events.js';
import { ActorsNow } from '../members/actors-now.js';
import type { ProjectRow } from './project.schema.js';
import { ProjectsRepository, projectKey } from './projects.repository.js';

const MAX_TRIES = 3;

/** A project as it is to be made of a proposal. */
export interface ProposedProject {
  applicationId: Types.ObjectId;
  name: string;
  agency: string;
  summary: string;
  places: ProjectPlace[];
}

/** A project with its places, for the rooms after this one. `applicationId`: the proposal that it was made of. */
export type PlacedProject = Pick<ProjectRow, '_id' | 'name' | 'agency' | 'summary' | 'hostIds'> & {
  applicationId: Types.ObjectId | null;
  places: ProjectPlace[];
};

/** Projects that are made of proposals, and what people they want. */
@Injectable()
export class ProposedProjects {
  constructor(
    private readonly actors: ActorsNow,
    private readonly projects: ProjectsRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** All projects of a cohort, by name; those that want nobody too. */
  async ofCohort(cohortId: Types.ObjectId, session?: ClientSession): Promise<PlacedProject[]> {
    return (await this.projects.all(cohortId, session)).map(placed);
  }

  /** One of them; null where there is none. */
  async one(
    cohortId: Types.ObjectId,
    projectId: Types.ObjectId,
    session?: ClientSession,
  ): Promise<PlacedProject | null> {
    const row = await this.projects.inCohort(cohortId, projectId, session);
    return row && placed(row);
  }

  /**
   * Makes all of these that are no project yet, in one transaction with what `follow` writes; returns their ids. Throws 409 `cohort_closed`, 403 and 404 as {@link ActorsNow.mustLead}, 422
   * `/projects/n/name` `name_taken`.
   */
  async make(
    actor: CohortActor,
    proposed: readonly ProposedProject[],
    follow: (projectIds: Types.ObjectId[], session: ClientSession) => Promise<void>,
  ): Promise<Types.ObjectId[]> {
    mustRun(actor);
    const cohortId = idOf(actor.cohortId);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.transactions.run(async (session) => {
          await this.actors.holdToLead(actor, session);
          const rows = await this.projects.all(cohortId, session);
          const known = new Set(rows.flatMap(({ applicationId }) => (applicationId ? [String(applicationId)] : [])));
          const fresh = proposed.filter(({ applicationId }) => !known.has(String(applicationId)));
          const errors = takenNames(proposed, fresh, new Set(rows.map(({ nameKey }) => nameKey)));
          if (errors.length > 0) throw invalid(errors);
          const made = fresh.map((project) => ({
            ...{ ...project, _id: newId(), cohortId, hostIds: [], coachId: null, createdAt: this.clock.now() },
          }));
          if (made.length === 0) return [];
          await this.projects.insertMany(made, session);
          for (const { _id } of made)
            await this.outbox.write(projectChanged, { cohortId: actor.cohortId, projectId: String(_id) }, session);
          const ids = made.map(({ _id }) => _id);
          await follow(ids, session);
          return ids;
        });
      } catch (error) {
        // Somebody made one of them, or one of that name, at the same moment.
        if (tries === MAX_TRIES || !isDuplicateKey(error)) throw error;
      }
    }
  }
}

const placed = (row: ProjectRow): PlacedProject => {
  const { _id, name, agency, summary, hostIds, places = [], applicationId = null } = row;
  return { _id, name, agency, summary, hostIds, places, applicationId: applicationId ?? null };
};

/** Names that a project of the cohort has, or one before in the list. */
function takenNames(
  proposed: readonly ProposedProject[],
  fresh: readonly ProposedProject[],
  taken: Set<string>,
): FieldProblem[] {
  return fresh.flatMap((project) => {
    const key = projectKey(project.name);
    const isTaken = taken.has(key);
    taken.add(key);
    return isTaken ? [{ field: `/projects/${proposed.indexOf(project)}/name`, code: 'name_taken' }] : [];
  });
}
