import { ZoneOffsets, weekOf } from '../../common/times/zone-offsets.js';
import type { ContactFacts } from '../../mentoring/sessions/sessions.reader.js';

/** What a fellow had: sessions held by week (the current one last), and the nearest ones on both sides of now. */
export interface FellowContact {
  sessions: number[];
  last: Date | null;
  next: Date | null;
}

/** What a coach has. */
export interface CoachContact {
  thisWeek: number;
  nextWeek: number;
  held: number;
  noShow: number;
  cancelledLate: number;
}

/** When and where one counts: `zone` is the cohort's, `weeks` how many weeks are shown, the current one among them. */
interface Counting {
  now: Date;
  zone: string;
  weeks: number;
}

/** Who met whom, counted for each of these fellows and coaches. Sessions of two coaches count for both. */
export function countContacts(
  contacts: readonly ContactFacts[],
  who: { fellows: readonly string[]; coaches: readonly string[] },
  { now, zone, weeks }: Counting,
): { fellows: Map<string, FellowContact>; coaches: Map<string, CoachContact> } {
  const offsets = ZoneOffsets.of(zone);
  const weekAt = (instant: Date) => weekOf(offsets.dayAt(instant.getTime()));
  const [thisWeek, first] = [weekAt(now), weekAt(now) - weeks + 1];
  const fellows = new Map(who.fellows.map((id) => [id, nothingYet(weeks)]));
  const coaches = new Map(
    who.coaches.map((id) => [id, { thisWeek: 0, nextWeek: 0, held: 0, noShow: 0, cancelledLate: 0 }]),
  );
  for (const contact of contacts) {
    const week = weekAt(contact.startsAt);
    for (const fellow of contact.participantIds.flatMap((id) => fellows.get(id) ?? [])) {
      countFor(fellow, contact, week - first, now);
    }
    for (const coach of contact.coachIds.flatMap((id) => coaches.get(id) ?? [])) {
      const isLive = contact.status !== 'cancelled';
      if (isLive && week === thisWeek) coach.thisWeek += 1;
      if (isLive && week === thisWeek + 1) coach.nextWeek += 1;
      if (week < first || week > thisWeek) continue;
      if (contact.status === 'held') coach.held += 1;
      if (contact.status === 'no_show') coach.noShow += 1;
      if (contact.cancelledLate) coach.cancelledLate += 1;
    }
  }
  return { fellows, coaches };
}

function countFor(fellow: FellowContact, { status, startsAt }: ContactFacts, at: number, now: Date): void {
  if (status === 'held') {
    if (fellow.last === null || startsAt > fellow.last) fellow.last = startsAt;
    if (at >= 0 && at < fellow.sessions.length) fellow.sessions[at] = (fellow.sessions[at] ?? 0) + 1;
  }
  if (status === 'scheduled' && startsAt > now && (fellow.next === null || startsAt < fellow.next)) {
    fellow.next = startsAt;
  }
}

const nothingYet = (weeks: number): FellowContact => ({
  sessions: Array.from({ length: weeks }, () => 0),
  last: null,
  next: null,
});
