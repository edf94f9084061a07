import { Injectable } from '@nestjs/common';
import { PersonLinks } from '../../auth/tokens/person-links.js';
import { People } from '../../auth/people.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { byLink } from '../../calendar/clashes.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { notFound } from '../../common/problem.js';
import type { Slot } from '../../contracts/mentoring/mentoring.js';
import type { CancelByLink, MoveByLink, SessionByLink } from '../../contracts/mentoring/session-links.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { Coaches } from '../coaches/coaches.service.js';
import { FreeTimes } from '../scheduling/free-times.js';
import { cancelsLate, deadlineOf } from '../scheduling/late-cancel.js';
import { listed } from '../../common/texts/listed.js';
import { coachIdsOf } from '../coaches/pairs.js';
import { SessionPlans } from './session-plans.js';
import { type Session, SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';
import { toSlot } from '../scheduling/slots.service.js';

const MAX_SLOTS = 120;

/**
 * What the link in a mail about a session opens: who holds it may look at that session, move and cancel it as its fellow, and nothing
 * else. The token names a person and a session; whether it opens anything is asked anew each time.
 */
@Injectable()
export class SessionLinks {
  constructor(
    private readonly clock: Clock,
    private readonly links: PersonLinks,
    private readonly users: UsersRepository,
    private readonly people: People,
    private readonly members: Members,
    private readonly rows: SessionsRepository,
    private readonly sessions: SessionsService,
    private readonly coaches: Coaches,
    private readonly free: FreeTimes,
    private readonly plans: SessionPlans,
  ) {}

  /** Throws 404 for a token that is not ours, when the session is over, and for who is no part of it or no member (any more). */
  async read(token: string): Promise<SessionByLink> {
    const { actor, session } = await this.behind(token);
    return await this.shown(actor, session);
  }

  /** Throws as {@link SessionsService.reschedule}. */
  async move(token: string, body: MoveByLink): Promise<SessionByLink> {
    const { actor, session } = await this.behind(token);
    await this.sessions.reschedule(actor, String(session._id), body, byLink(actor));
    return await this.read(token);
  }

  /** Throws as {@link SessionsService.cancel}. */
  async cancel(token: string, body: CancelByLink): Promise<SessionByLink> {
    const { actor, session } = await this.behind(token);
    await this.sessions.cancel(actor, String(session._id), body);
    return await this.read(token);
  }

  private async behind(token: string): Promise<{ actor: CohortActor; session: Session }> {
    const link = await this.links.read('session', token);
    const id = toId(link?.about[0] ?? '');
    const session = id && (await this.rows.byId(id));
    if (!link || !session || this.clock.now() >= session.endsAt) throw notFound();
    if (!session.participantIds.some((fellow) => fellow.equals(link.person._id))) throw notFound();
    const userId = String(link.person._id);
    const actor = await this.members.actorIn({ userId, loginId: '', isAdmin: false }, String(session.cohortId));
    if (!actor) throw notFound();
    return { actor, session };
  }

  private async shown(actor: CohortActor, session: Session): Promise<SessionByLink> {
    const coachIds = coachIdsOf(session);
    const abilities = this.sessions.abilities(actor, session);
    const [person, faces, slots] = await Promise.all([
      this.users.profile(idOf(actor.userId)),
      this.people.faces(coachIds),
      abilities.reschedule ? this.slotsFor(session) : [],
    ]);
    if (!person) throw notFound();
    return {
      cohortId: actor.cohortId,
      sessionId: String(session._id),
      with: listed(
        faces.map((face) => face.name),
        person.locale,
      ),
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
      timeZone: person.timeZone,
      status: session.status,
      cancelBy: deadlineOf(session).toISOString(),
      late: cancelsLate('participant', session, this.clock.now()),
      cancelledLate: session.cancelledLate ?? false,
      revision: session.revision,
      slots,
      abilities: { move: abilities.reschedule, cancel: abilities.cancel },
    };
  }

  /** Where it could move: the coach is free, and so are all who come. */
  private async slotsFor(session: Session): Promise<Slot[]> {
    const availability = await this.coaches.availabilityOf(String(session.cohortId), String(session.coachId));
    if (!availability) return [];
    const plan = await this.plans.moving(session, session.startsAt.getTime());
    const free = (await this.free.of([plan], availability)).get(plan) ?? [];
    return free
      .filter((slot) => slot.from !== plan.from)
      .slice(0, MAX_SLOTS)
      .map(toSlot);
  }
}
