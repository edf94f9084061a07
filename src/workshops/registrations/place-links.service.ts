import { Injectable } from '@nestjs/common';
import { PersonLinks } from '../../auth/tokens/person-links.js';
import { UsersRepository } from '../../auth/users.repository.js';
import { byLink } from '../../calendar/clashes.service.js';
import { Members } from '../../cohorts/members/members.service.js';
import type { CohortActor } from '../../common/actor.js';
import { notFound } from '../../common/problem.js';
import type { AcceptByLink, PlaceByLink } from '../../contracts/workshops/workshops.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { RegistrationsService } from './registrations.service.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsService } from '../workshops.service.js';

/**
 * What the link in a mail about a place opens: who holds it may look at that place, take it or give it up, and nothing else. The token
 * names a person and a workshop; what they may do there is asked anew each time.
 */
@Injectable()
export class PlaceLinks {
  constructor(
    private readonly links: PersonLinks,
    private readonly users: UsersRepository,
    private readonly members: Members,
    private readonly rows: WorkshopsRepository,
    private readonly workshops: WorkshopsService,
    private readonly registrations: RegistrationsService,
  ) {}

  /** Throws 404 for a token that is not ours, and for who is no member (any more). */
  async read(token: string): Promise<PlaceByLink> {
    const { actor, workshopId } = await this.behind(token);
    return await this.shown(actor, workshopId);
  }

  /** Takes the place that is held. Throws as `register`. */
  async accept(token: string, { despite }: AcceptByLink): Promise<PlaceByLink> {
    const { actor, workshopId } = await this.behind(token);
    await this.registrations.register(actor, workshopId, { accept: true, despite }, byLink(actor));
    return await this.shown(actor, workshopId);
  }

  /** Gives the place, or the one in line, up. Throws as `leave`. */
  async leave(token: string): Promise<PlaceByLink> {
    const { actor, workshopId } = await this.behind(token);
    await this.registrations.leave(actor, workshopId);
    return await this.shown(actor, workshopId);
  }

  private async behind(token: string): Promise<{ actor: CohortActor; workshopId: string }> {
    const link = await this.links.read('place', token);
    if (!link) throw notFound();
    const [workshopId = ''] = link.about;
    const userId = String(link.person._id);
    const id = toId(workshopId);
    const row = id && (await this.rows.byId(id));
    const actor = row && (await this.members.actorIn({ userId, loginId: '', isAdmin: false }, String(row.cohortId)));
    if (!actor) throw notFound();
    return { actor, workshopId };
  }

  private async shown(actor: CohortActor, workshopId: string): Promise<PlaceByLink> {
    const [workshop, person] = await Promise.all([
      this.workshops.get(actor, workshopId),
      this.users.profile(idOf(actor.userId)),
    ]);
    if (!person) throw notFound();
    const { title, startsAt, endsAt, mine, abilities } = workshop;
    return {
      ...{ cohortId: actor.cohortId, workshopId, title, startsAt, endsAt, mine },
      timeZone: person.timeZone,
      abilities: { accept: abilities.accept, leave: abilities.leave },
    };
  }
}
