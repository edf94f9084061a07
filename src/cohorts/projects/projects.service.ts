import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { toId, toIds } from '../../infra/mongo/ids.js';
import { type MemberRow, MembershipsRepository } from '../members/memberships.repository.js';
import type { ProjectRow } from './project.schema.js';
import { ProjectsRepository } from './projects.repository.js';

/** A project in ids, for the rooms after this one. */
export interface ProjectRef {
  id: string;
  cohortId: string;
  name: string;
  agency: string;
  /** The fellows of the team; of a closed cohort those who were. */
  fellowIds: string[];
  hostIds: string[];
  coachId: string | null;
}

/** Which teams there are and who accompanies them; asked by every room after this one. */
@Injectable()
export class Projects {
  constructor(
    private readonly projects: ProjectsRepository,
    private readonly memberships: MembershipsRepository,
  ) {}

  async find(cohortId: string, projectId: string): Promise<ProjectRef | null> {
    const [cohort, id] = [toId(cohortId), toId(projectId)];
    const row = cohort && id && (await this.projects.inCohort(cohort, id));
    return row ? ((await this.withTeams([row]))[0] ?? null) : null;
  }

  /** All projects of a cohort, by name. */
  async list(cohortId: string): Promise<ProjectRef[]> {
    const cohort = toId(cohortId);
    return cohort ? await this.withTeams(await this.projects.all(cohort)) : [];
  }

  /** What the projects of a cohort are called, by name, and their coaches; without their teams. */
  async briefs(cohortId: string): Promise<Pick<ProjectRef, 'id' | 'name' | 'coachId'>[]> {
    const cohort = toId(cohortId);
    const rows = cohort ? await this.projects.all(cohort) : [];
    return rows.map(({ _id, name, coachId }) => ({ id: String(_id), name, coachId: coachId ? String(coachId) : null }));
  }

  /** The coach of somebody's project in a cohort; null for who has no project, or no coach. */
  async coachOf(cohortId: string, userId: string): Promise<string | null> {
    const [cohort, user] = [toId(cohortId), toId(userId)];
    const member = cohort && user && (await this.memberships.find(cohort, user));
    const project = cohort && member?.projectId && (await this.projects.inCohort(cohort, member.projectId));
    return project && project.coachId ? String(project.coachId) : null;
  }

  /** Names of projects by id, for replies that name many. */
  async names(projectIds: readonly string[]): Promise<Map<string, string>> {
    return await this.projects.names(toIds(projectIds));
  }

  /** Who the fellows of each project are. */
  async fellowsOf(rows: readonly ProjectRow[]): Promise<Map<string, Types.ObjectId[]>> {
    const members = await this.memberships.inProjects(rows.map((row) => row._id));
    const isTeam = ({ role }: MemberRow) => role === 'fellow';
    return new Map(
      rows.map((row) => [
        String(row._id),
        row.pastFellowIds.length > 0
          ? row.pastFellowIds
          : members.filter((one) => isTeam(one) && one.projectId?.equals(row._id)).map((one) => one.userId),
      ]),
    );
  }

  private async withTeams(rows: readonly ProjectRow[]): Promise<ProjectRef[]> {
    const fellows = await this.fellowsOf(rows);
    return rows.map((row) => ({
      id: String(row._id),
      cohortId: String(row.cohortId),
      name: row.name,
      agency: row.agency,
      fellowIds: (fellows.get(String(row._id)) ?? []).map(String),
      hostIds: row.hostIds.map(String),
      coachId: row.coachId ? String(row.coachId) : null,
    }));
  }
}
