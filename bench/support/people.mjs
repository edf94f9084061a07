import { built } from './house.mjs';

/** A running cohort of some people with accounts, members in a role each, and how to speak as one of them. */
export async function aCohort(app, now = new Date()) {
  const [{ Types }, { CohortsRepository }] = [await import('mongoose'), await built('cohorts/cohorts.repository.js')];
  const _id = new Types.ObjectId();
  const day = (offset) => new Date(now.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
  await app.get(CohortsRepository).insert({
    _id,
    name: 'Bench',
    color: 'bruyere',
    startsOn: day(-30),
    endsOn: day(270),
    timeZone: 'Europe/Paris',
    locale: 'fr',
    country: 'FR',
    phases: [{ key: 'discover', name: null, startsOn: day(-30), endsOn: day(270) }],
    meeting: { kind: 'jitsi', pattern: 'https://meet.example/{session}' },
    createdAt: now,
  });
  return String(_id);
}

/** People with accounts who belong to a cohort. No event is published: nothing else starts to work. */
export async function members(app, cohortId, role, count, now = new Date()) {
  const { Types } = await import('mongoose');
  const [{ UsersRepository }, { MembershipsRepository }] = [
    await built('auth/users.repository.js'),
    await built('cohorts/members/memberships.repository.js'),
  ];
  return await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const tag = new Types.ObjectId().toString();
      const id = await app.get(UsersRepository).insert({
        locale: 'en',
        timeZone: 'Europe/Paris',
        name: `${role} ${index}`,
        email: `p${tag}@people.test`,
        passwordHash: 'nobody signs in',
        createdAt: now,
      });
      await app.get(MembershipsRepository).join({
        cohortId: new Types.ObjectId(cohortId),
        userId: id,
        role,
        projectId: null,
        joinedAt: now,
      });
      return String(id);
    }),
  );
}

/** An access token for ten minutes. */
export async function tokenOf(app, userId) {
  const [{ Types }, { AccessTokens }] = [await import('mongoose'), await built('auth/tokens/access-tokens.js')];
  const person = { userId, loginId: String(new Types.ObjectId()), isAdmin: false };
  return (await app.get(AccessTokens).sign(person, 'api')).token;
}
