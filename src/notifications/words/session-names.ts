import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { SessionFacts } from '../../mentoring/sessions/sessions.reader.js';
import type { NoticeParams } from '../inbox/notification.schema.js';

const coachesOf = ({ coachId, secondCoachId }: SessionFacts): string[] => [
  coachId,
  ...(secondCoachId ? [secondCoachId] : []),
];

/** Who has a session, and why they hear of it. */
export const peopleOfSession = (session: SessionFacts): { userId: string; why: string }[] => [
  ...coachesOf(session).map((userId) => ({ userId, why: 'coach' })),
  ...session.participantIds.map((userId) => ({ userId, why: 'participant' })),
];

/** Whether somebody comes to it, as it is now. */
const isIn = (session: SessionFacts, userId: string) => peopleOfSession(session).some((one) => one.userId === userId);

/** What a session is called for each of its people: by the others. */
@Injectable()
export class SessionNames {
  constructor(private readonly people: People) {}

  /** Params of notices about a session; `of` gives them as one of its people reads them. */
  async paramsOf(session: SessionFacts): Promise<{
    of: (userId: string) => NoticeParams;
    ofHandOver: (handOver: SessionFacts['handOvers'][number], userId: string) => NoticeParams;
  }> {
    const names = await this.people.byId([
      ...coachesOf(session),
      ...session.participantIds,
      session.bookedBy,
      session.lastChange.byId,
      ...session.handOvers.flatMap(({ byId, fromCoachId, toCoachId }) => [byId, fromCoachId, toCoachId]),
    ]);
    const isLive = session.status === 'scheduled';
    const nameOf = (userId: string) => names.get(userId)?.name ?? '';
    const coaches = coachesOf(session);
    /** For a coach all others, for a fellow the coaches. */
    const others = (userId: string) =>
      coaches.includes(userId) ? [...session.participantIds, ...coaches.filter((id) => id !== userId)] : coaches;
    return {
      /** Of a hand-over: who had it, who has it, who did it; and for who had it what is theirs no more. */
      ofHandOver: ({ byId, fromCoachId, toCoachId }, userId) => ({
        from: nameOf(fromCoachId),
        to: nameOf(toCoachId),
        ...{ by: nameOf(byId), byId },
        mine: userId === byId ? 'true' : 'false',
        part: userId === fromCoachId ? 'from' : userId === toCoachId ? 'to' : 'other',
        fellows: session.participantIds.map(nameOf).join(', '),
        ...(!isIn(session, userId) && { cancelByAt: null, meetingLink: null }),
      }),
      of: (userId) => ({
        sessionId: session.id,
        with: others(userId).map(nameOf).join(', '),
        by: nameOf(session.lastChange.byId),
        byId: (userId === session.lastChange.byId ? others(userId)[0] : session.lastChange.byId) ?? null,
        mine: userId === session.lastChange.byId ? 'true' : 'false',
        startsAt: session.startsAt.toISOString(),
        endsAt: session.endsAt.toISOString(),
        cancelByAt: isLive && !coachesOf(session).includes(userId) ? session.cancelBy.toISOString() : null,
        late: session.cancelledLate ? 'true' : 'false',
        meetingLink: isLive ? session.link : null,
      }),
    };
  }
}
