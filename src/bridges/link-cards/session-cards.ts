import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { SessionCard } from '../../contracts/bridges/link-cards.js';
import type { Person } from '../../contracts/primitives.js';
import { partIn } from '../../mentoring/mentoring.policy.js';
import { type SessionFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { type CardSource, type CohortThing, type LinkReader, placeOf } from './card-source.js';

/** Sessions are for who meets there, and for staff. */
@Injectable()
export class SessionCards implements CardSource {
  readonly kind = 'session';

  constructor(
    private readonly sessions: SessionsReader,
    private readonly people: People,
  ) {}

  async of({ actor: { userId }, memberships }: LinkReader, links: readonly CohortThing[]) {
    const asked = new Set(links.map(placeOf));
    const all = await this.sessions.byIds(links.map(({ id }) => id));
    const seen = all.filter((session) => {
      const role = memberships.get(session.cohortId)?.role;
      return role !== undefined && asked.has(placeOf(session)) && partIn({ userId, role }, session) !== null;
    });
    const faces = await this.people.byId(seen.flatMap((one) => [...coachIdsOf(one), ...one.participantIds]));
    return new Map(
      seen.map((session) => [placeOf(session), { kind: 'session', session: toCard(session, faces) } as const]),
    );
  }
}

const coachIdsOf = ({ coachId, secondCoachId }: SessionFacts) => [coachId, ...(secondCoachId ? [secondCoachId] : [])];

function toCard(session: SessionFacts, faces: ReadonlyMap<string, Person>): SessionCard {
  const { id, cohortId, startsAt, endsAt, status, participantIds } = session;
  const facesOf = (ids: readonly string[]) =>
    ids.map((one) => faces.get(one) ?? { id: one, name: '', avatarUrl: null });
  return {
    ...{ id, cohortId, status, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    ...{ coaches: facesOf(coachIdsOf(session)), fellows: facesOf(participantIds) },
  };
}
