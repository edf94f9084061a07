import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, invalid, notFound } from '../../common/problem.js';
import type { CreateProject, Project, UpdateProject } from '../../contracts/cohorts/cohorts.js';
import type { FieldProblem, PageQuery } from '../../contracts/primitives.js';
import type { Role } from '../../contracts/roles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { isDuplicateKey } from '../../infra/mongo/errors.js';
import { idOf, newId, toId, toIds } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { closedForGood, isOfTeam, mustRun } from '../cohort-rules.js';
import { CohortsRepository } from '../cohorts.repository.js';
import { memberChanged, projectChanged } from '../cohorts.events.js';
import { InvitationPlans, presentInvited } from '../invited/invitation-plans.js';
import { ActorsNow } from '../members/actors-now.js';
import { type MemberRow, MembershipsRepository } from '../members/memberships.repository.js';
import { mustChange, projectAbilities } from './project-rules.js';
import type { ProjectRow } from './project.schema.js';
import { ProjectsRepository } from './projects.repository.js';
import { Projects } from './projects.service.js';
import { TeamChannelsPort } from './team-channels.js';

type Asked = Pick<CreateProject, 'fellowIds' | 'hostIds' | 'coachId' | 'invitedIds'>;

/** Projects as people see and change them. */
@Injectable()
export class ProjectEditing {
  constructor(
    private readonly cohorts: CohortsRepository,
    private readonly projects: ProjectsRepository,
    private readonly memberships: MembershipsRepository,
    private readonly actors: ActorsNow,
    private readonly teams: Projects,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly channels: TeamChannelsPort,
    private readonly plans: InvitationPlans,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly bus: EventBus,
    private readonly clock: Clock,
  ) {}

  async page(
    actor: CohortActor,
    { limit, cursor }: PageQuery,
  ): Promise<{ items: Project[]; nextCursor: string | null }> {
    const after = cursor === undefined ? null : String(decodeCursor(cursor, 1)[0]);
    const rows = await this.projects.page(idOf(actor.cohortId), after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => [row.nameKey]);
    return { items: await this.present(actor, items), nextCursor };
  }

  async get(actor: CohortActor, projectId: string): Promise<Project> {
    const [project] = await this.present(actor, [await this.row(actor, projectId)]);
    if (!project) throw notFound();
    return project;
  }

  /** Throws 409 `name_taken`, `cohort_closed`; 422 for people who are no member with the fitting role, or not invited; and as {@link ActorsNow.mustLead}. */
  async create(actor: CohortActor, body: CreateProject): Promise<Project> {
    mustRun(actor);
    const cohortId = idOf(actor.cohortId);
    const _id = newId();
    const project = {
      _id,
      cohortId,
      name: body.name,
      agency: body.agency,
      summary: body.summary ?? '',
      hostIds: toIds(body.hostIds ?? []),
      coachId: toId(body.coachId ?? ''),
      ...(body.places && { places: body.places }),
      createdAt: this.clock.now(),
    };
    const may = (session: ClientSession) => this.actors.mustLead(actor, session);
    const moved = await this.save({ ...project, may }, body, async (session) => {
      await this.projects.insert(project, session);
      await this.plans.follow(cohortId, { projectId: _id, body, coachId: null }, session);
      return await this.move(cohortId, _id, body, session);
    });
    this.tell(actor, moved);
    return await this.get(actor, String(_id));
  }

  /** Staff change all of it, its fellows and hosts the summary (403 for the rest). Throws as {@link create}. */
  async update(actor: CohortActor, projectId: string, body: UpdateProject): Promise<Project> {
    const before = await this.row(actor, projectId);
    mustChange(actor, before, body);
    mustRun(actor);
    const { fellowIds: _, invitedIds: __, hostIds, coachId, ...words } = body;
    const change = {
      ...words,
      ...(hostIds && { hostIds: toIds(hostIds) }),
      ...(coachId !== undefined && { coachId: toId(coachId ?? '') }),
    };
    const may = async (session: ClientSession) =>
      mustChange(await this.actors.now(actor, session), await this.row(actor, projectId, session), body);
    const moved = await this.save({ ...before, may }, body, async (session) => {
      await this.projects.update(before.cohortId, before._id, change, session);
      const { coachId: nowCoaching = null } = before;
      await this.plans.follow(before.cohortId, { projectId: before._id, body, coachId: nowCoaching }, session);
      return await this.move(before.cohortId, before._id, body, session);
    });
    this.tell(actor, moved);
    return await this.get(actor, projectId);
  }

  /** Makes memberships follow the lists given; returns those that changed, as they are now. */
  private async move(
    cohortId: Types.ObjectId,
    projectId: Types.ObjectId,
    { fellowIds, hostIds }: Asked,
    session: ClientSession,
  ): Promise<MemberRow[]> {
    const changed: MemberRow[] = [];
    for (const [role, ids] of [
      ['fellow', fellowIds],
      ['host', hostIds],
    ] as const) {
      if (!ids) continue;
      const members = await this.memberships.inCohort(cohortId, { roles: [role] }, session);
      const wanted = new Set(ids.map((id) => id.toLowerCase()));
      const isHere = (one: MemberRow) => one.projectId?.equals(projectId) ?? false;
      const entering = members.filter(
        (one) => wanted.has(String(one.userId)) && !isHere(one) && (role === 'fellow' || !one.projectId),
      );
      const leaving = members.filter((one) => !wanted.has(String(one.userId)) && isHere(one));
      await this.memberships.place(
        cohortId,
        entering.map((one) => one.userId),
        projectId,
        session,
      );
      await this.memberships.place(
        cohortId,
        leaving.map((one) => one.userId),
        null,
        session,
      );
      changed.push(
        ...entering.map((one) => ({ ...one, projectId })),
        ...leaving.map((one) => ({ ...one, projectId: null })),
      );
    }
    return changed;
  }

  /** The cohort is held first: who is named stays a member until it is saved, and who leaves is taken off what was saved. `may` asks once more whether who acts may. */
  private async save(
    project: Pick<ProjectRow, '_id' | 'cohortId'> & { may: (session: ClientSession) => Promise<void> },
    asked: Asked,
    work: (session: ClientSession) => Promise<MemberRow[]>,
  ): Promise<MemberRow[]> {
    const { _id: projectId, cohortId, may } = project;
    try {
      return await this.transactions.run(async (session) => {
        if (!(await this.cohorts.hold(cohortId, session))) throw closedForGood();
        await may(session);
        await this.checkPeople(cohortId, asked, session);
        const moved = await work(session);
        await this.outbox.write(projectChanged, { cohortId: String(cohortId), projectId: String(projectId) }, session);
        return moved;
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw conflict('name_taken', 'This cohort has a project of that name.', {
        errors: [{ field: '/name', code: 'name_taken' }],
      });
    }
  }

  private tell(actor: CohortActor, moved: readonly MemberRow[]): void {
    for (const one of moved) {
      this.bus.publish(memberChanged, {
        cohortId: actor.cohortId,
        userId: String(one.userId),
        role: one.role,
        projectId: one.projectId ? String(one.projectId) : null,
      });
    }
  }

  private async checkPeople(
    cohortId: Types.ObjectId,
    { fellowIds, hostIds, coachId }: Asked,
    session: ClientSession,
  ): Promise<void> {
    const asked: { field: string; id: string; role: Role }[] = [
      ...(fellowIds ?? []).map((id, index) => ({ field: `/fellowIds/${index}`, id, role: 'fellow' as const })),
      ...(hostIds ?? []).map((id, index) => ({ field: `/hostIds/${index}`, id, role: 'host' as const })),
      ...(coachId ? [{ field: '/coachId', id: coachId, role: 'coach' as const }] : []),
    ];
    if (asked.length === 0) return;
    const members = await this.memberships.inCohort(cohortId, { userIds: toIds(asked.map(({ id }) => id)) }, session);
    const roles = new Map(members.map((one) => [String(one.userId), one.role]));
    const errors: FieldProblem[] = asked
      .filter(({ id, role }) => roles.get(id.toLowerCase()) !== role)
      .map(({ field, role }) => ({ field, code: `not_a_${role}` }));
    if (errors.length > 0) throw invalid(errors);
  }

  private async row(actor: CohortActor, projectId: string, session?: ClientSession): Promise<ProjectRow> {
    const id = toId(projectId);
    const row = id && (await this.projects.inCohort(idOf(actor.cohortId), id, session));
    if (!row) throw notFound();
    return row;
  }

  private async present(actor: CohortActor, rows: readonly ProjectRow[]): Promise<Project[]> {
    const fellows = await this.teams.fellowsOf(rows);
    const fellowIds = [...fellows.values()].flat();
    const others = rows.flatMap((row) => [...row.hostIds, ...(row.coachId ? [row.coachId] : [])]);
    const [faces, crafts, channels, invited] = await Promise.all([
      this.people.byId([...fellowIds, ...others].map(String)),
      this.users.crafts(fellowIds),
      this.channels.provider.readableBy(
        actor.userId,
        rows.map((row) => String(row._id)),
      ),
      isOfTeam(actor) ? this.plans.openIn(idOf(actor.cohortId)) : [],
    ]);
    const names = new Map(rows.map((row) => [String(row._id), row.name]));
    const now = this.clock.now();
    const face = (id: Types.ObjectId) => faces.get(String(id)) ?? [];
    return rows.map((row) => ({
      id: String(row._id),
      name: row.name,
      agency: row.agency,
      summary: row.summary,
      fellows: (fellows.get(String(row._id)) ?? []).flatMap(face).map((person) => ({
        ...person,
        craft: (crafts.get(person.id) ?? null) as Project['fellows'][number]['craft'],
      })),
      hosts: row.hostIds.flatMap(face),
      coach: row.coachId ? (faces.get(String(row.coachId)) ?? null) : null,
      places: row.places ?? [],
      invited: invited
        .filter(({ projectIds }) => projectIds.some((id) => id.equals(row._id)))
        .map((one) => presentInvited(one, names, now)),
      channelId: channels.get(String(row._id)) ?? null,
      abilities: projectAbilities(actor, row),
    }));
  }
}
