import { Types } from 'mongoose';
import type { TestWorld } from '../app.js';

type Row = Record<string, any> & { _id: Types.ObjectId };

/** A person as the plan needs them. */
export interface Reader {
  id: string;
  timeZone: string;
  /** Null for who is not in the cohort (any more). */
  role: string | null;
  quiet: { start: string; end: string } | null;
  quietWeekend: boolean;
  ways: Record<string, { inbox: boolean; mail: boolean }>;
}

/** A workshop with who goes there. */
export interface WorkshopFact {
  id: string;
  isOn: boolean;
  revision: number;
  startsAt: Date;
  timeZone: string;
  hasLink: boolean;
  going: string[];
  hosts: string[];
}

/** A coaching session. */
export interface SessionFact {
  id: string;
  isOn: boolean;
  revision: number;
  startsAt: Date;
  endsAt: Date;
  coachIds: string[];
  fellowIds: string[];
}

/** What somebody took on for a day. */
export interface ActionFact {
  id: string;
  sessionId: string;
  isOpen: boolean;
  ownerId: string;
  dueOn: string | null;
}

/** A cohort as it stands in the database: what its plan follows from. */
export interface Facts {
  timeZone: string;
  pauses: { from: string; to: string }[];
  readers: Map<string, Reader>;
  workshops: WorkshopFact[];
  sessions: SessionFact[];
  milestones: { id: string; on: string }[];
  actions: ActionFact[];
}

/** Reads them, row by row, by no code of the app. */
export async function factsOf(world: TestWorld, cohort: string, personIds: readonly string[]): Promise<Facts> {
  const cohortId = new Types.ObjectId(cohort);
  const people = { _id: { $in: personIds.map((id) => new Types.ObjectId(id)) } };
  const rows = (collection: string, filter: Record<string, unknown> = { cohortId }) =>
    world.db.collection(collection).find(filter).toArray() as Promise<Row[]>;
  const [cohorts, workshops, sessions, milestones, actions, memberships, users, preferences] = await Promise.all([
    rows('cohorts', { _id: cohortId }),
    rows('workshops'),
    rows('sessions'),
    rows('milestones'),
    rows('actions'),
    rows('memberships'),
    rows('users', people),
    rows('preferences', people),
  ]);
  const registrations = await rows('registrations', { workshopId: { $in: workshops.map(({ _id }) => _id) } });
  const roles = new Map(memberships.filter((one) => !one.endedAt).map((one) => [String(one.userId), one.role]));
  const chosen = new Map(preferences.map((one) => [String(one._id), one]));
  return {
    timeZone: cohorts[0]!.timeZone,
    pauses: cohorts[0]!.pauses ?? [],
    readers: new Map(
      users.map(({ _id, timeZone }) => {
        const { quietHours, quietWeekend, kinds } = chosen.get(String(_id))!;
        const role = roles.get(String(_id)) ?? null;
        return [String(_id), { id: String(_id), timeZone, role, quiet: quietHours, quietWeekend, ways: kinds }];
      }),
    ),
    workshops: workshops.map(({ _id, status, revision, startsAt, timeZone, hosts, link }) => ({
      ...{ id: String(_id), isOn: status === 'published', revision, startsAt, timeZone, hosts: hosts.map(String) },
      hasLink: link !== null,
      going: registrations
        .filter((one) => one.workshopId.equals(_id) && one.status === 'going')
        .map(({ userId }) => String(userId)),
    })),
    sessions: sessions.map(({ _id, status, revision, startsAt, endsAt, coachId, participantIds }) => ({
      ...{ id: String(_id), isOn: status === 'scheduled', revision, startsAt, endsAt },
      ...{ coachIds: [String(coachId)], fellowIds: participantIds.map(String) },
    })),
    milestones: milestones.map(({ _id, on }) => ({ id: String(_id), on })),
    actions: actions.map(({ _id, sessionId, state, ownerId, dueOn }) => ({
      ...{ id: String(_id), sessionId: String(sessionId), isOpen: state === 'open', ownerId: String(ownerId) },
      dueOn: dueOn ?? null,
    })),
  };
}
