import { Injectable } from '@nestjs/common';
import { avatarUrl } from '../../auth/profile/avatars.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { forbidden, notFound } from '../../common/problem.js';
import type { Helper, Successors } from '../../contracts/mentoring/requests.js';
import { Craft, type Role } from '../../contracts/roles.js';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { HandOvers } from '../handovers/hand-overs.service.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { SlotsService } from '../scheduling/slots.service.js';
import { notAskable } from './askable.js';
import { type Candidate, HELPING_ROLES, abilities, othersOf, successorsOf } from './request.js';
import type { RequestRow } from './request.schema.js';
import { standingOf } from './requests.presenter.js';
import { RequestsRepository } from './requests.repository.js';
import { RequestsService } from './requests.service.js';

/** How far ahead free slots and sessions are looked for. */
const AHEAD = 21 * DAY;

type Known = Candidate & { role: Role; helper: Helper };

/** Finds who else could help. A fixed number of queries, whatever the size of the cohort. */
@Injectable()
export class HelpersService {
  constructor(
    private readonly clock: Clock,
    private readonly members: Members,
    private readonly users: UsersRepository,
    private readonly slots: SlotsService,
    private readonly sessions: SessionsRepository,
    private readonly requests: RequestsRepository,
    private readonly service: RequestsService,
    private readonly handOvers: HandOvers,
    private readonly actions: ActionsRepository,
  ) {}

  /** Once a request was declined or has waited for seven days; before that 403. */
  async forActor(actor: CohortActor, requestId: string): Promise<{ items: Helper[]; nextCursor: null }> {
    const { row, craft } = await this.service.visible(actor, requestId);
    if (!abilities({ ...actor, craft }, standingOf(row), this.clock.now()).seeOthers) throw forbidden();
    return { items: await this.othersThan(actor, row), nextCursor: null };
  }

  /** Three at most, the best first, free when the eyes that look are free too. Nobody who declined it or has it is among them. */
  async othersThan(eyes: CohortActor, row: RequestRow): Promise<Helper[]> {
    const asked = row.trail.flatMap(({ act, byId, toId }) => [
      ...(act === 'declined' ? [String(byId)] : []),
      ...(toId ? [String(toId)] : []),
    ]);
    const candidates = await this.candidates(eyes, String(row.askerId));
    const person = candidates.find((one) => one.userId === (asked[0] ?? String(row.ownerId)));
    const wanted = {
      craft: row.craft ?? person?.craft ?? null,
      gives: person?.gives ?? [],
      without: [...asked, String(row.ownerId)],
    };
    return othersOf(candidates, wanted, this.clock.now().getTime()).map(({ helper }) => helper);
  }

  /** Who could take over what waits for a member, and how much does. Throws 404 for who is no member. */
  async successorsTo(actor: CohortActor, userId: string): Promise<Successors> {
    const leaver = await this.members.find(actor.cohortId, userId);
    if (!leaver) throw notFound();
    const id = idOf(leaver.userId);
    const [waiting, crafts, known, { sessions, takes }, open] = await Promise.all([
      this.requests.waitingFor(idOf(actor.cohortId), [id]),
      this.users.crafts([id]),
      this.candidates(actor, leaver.userId),
      this.handOvers.takenBy(actor.cohortId, leaver.userId),
      this.actions.openOf(idOf(actor.cohortId), id),
    ]);
    const craft = crafts.get(leaver.userId) ?? null;
    const members = known.map((one) => ({ ...one, isOfTheCraft: craft !== null && one.craft === craft }));
    return {
      requests: waiting.get(leaver.userId) ?? 0,
      sessions,
      actions: open.length,
      items: successorsOf(members, leaver.userId).map(({ helper, isOfTheCraft, userId: who }) => ({
        ...helper,
        isOfTheCraft,
        takesOver: takes.get(who) ?? 0,
      })),
      nextCursor: null,
    };
  }

  private async candidates(eyes: CohortActor, askerId: string): Promise<Known[]> {
    const { cohortId } = eyes;
    const now = this.clock.now();
    const to = new Date(now.getTime() + AHEAD);
    const members = await this.members.list(cohortId, { roles: HELPING_ROLES });
    const ids = toIds(members.map((member) => member.userId));
    const [people, { slots }, sessions, waiting] = await Promise.all([
      this.users.listed(ids),
      this.slots.list(eyes, { from: now.toISOString(), to: to.toISOString() }),
      this.sessions.contacts(idOf(cohortId), ['scheduled'], now, to),
      this.requests.waitingFor(idOf(cohortId), ids),
    ]);
    const byId = new Map(people.map((person) => [String(person._id), person]));
    const load = new Map(waiting);
    for (const { coachId } of sessions) load.set(String(coachId), (load.get(String(coachId)) ?? 0) + 1);
    // In time order: the first of each coach is their next.
    const free = new Map([...slots].reverse().map((slot) => [slot.coachId, slot.startsAt]));
    return members.flatMap((member): Known[] => {
      const person = byId.get(member.userId);
      if (!person || notAskable({ ...member, gives: person.gives }, askerId)) return [];
      const freeAt = free.get(member.userId) ?? null;
      const craft = Craft.safeParse(person.craft).data ?? null;
      const known = { craft, gives: person.gives, load: load.get(member.userId) ?? 0 };
      const face = { id: member.userId, name: person.name, avatarUrl: avatarUrl(person.avatar) };
      const helper = { ...known, person: face, isCoach: member.role === 'coach', freeAt };
      return [
        {
          ...known,
          userId: member.userId,
          role: member.role,
          freeAt: freeAt === null ? null : Date.parse(freeAt),
          helper,
        },
      ];
    });
  }
}
