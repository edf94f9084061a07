import type { Connection } from 'mongoose';
import type { UserRow } from '../../auth/user.schema.js';
import type { CohortRow } from '../../cohorts/cohort.schema.js';
import type { InvitationRow } from '../../cohorts/invitations/invitation.schema.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import type { AboutDigest } from '../../notifications/digests/digests.js';
import type { NotificationRow } from '../../notifications/inbox/notification.schema.js';
import { DEFAULT_PREFERENCES, mailCanWait } from '../../notifications/rules/preferences.js';
import type { PreferencesRepository } from '../../notifications/rules/preferences.repository.js';
import type { Quiet } from '../../notifications/rules/quiet.js';
import type { Ladder } from '../../reminders/schedule/ladder.js';
import type { ReminderRow } from '../../reminders/reminder.schema.js';
import type { GuestRow } from '../../workshops/guests/guest.schema.js';
import type { RegistrationRow } from '../../workshops/registrations/registration.schema.js';
import type { WorkshopRow } from '../../workshops/workshop.schema.js';
import type { Caught, Recipients } from './letter-box.js';
import type { Lost, Sent } from './report.js';

type Addressee = { person: Sent['person']; quiet: Quiet; choseDigest: boolean };
type People = ReadonlyMap<string, Addressee>;
type Which = Omit<Sent, 'by' | 'at'>;

/** What was sent in a simulation, from what its database says and its mail server got. */
export class SentReader {
  constructor(
    private readonly db: Connection,
    private readonly preferences: PreferencesRepository,
    private readonly ladder: Ladder,
    /** When each reminder was to be sent, by its id. */
    private readonly due: ReadonlyMap<string, Date>,
    /** Everybody whom mail may come for, as it was at the beginning. */
    private readonly recipients: Recipients,
    private readonly now: Date,
  ) {}

  async read(caught: readonly Caught[]): Promise<{ sent: Sent[]; lost: Lost[] }> {
    const people = await this.addressees();
    const [reminders, notices, digests] = await Promise.all([
      this.db.collection<ReminderRow>('reminders').find({}).toArray(),
      this.db.collection<NotificationRow>('notifications').find({}).toArray(),
      this.db.collection<DeliveryRow<AboutDigest>>('deliveries').find({ kind: 'digest' }).toArray(),
    ]);
    const known = new Map<string, Which>([
      ...reminders.map((row) => [`reminder-${String(row._id)}`, this.reminder(row, people)] as const),
      ...notices.map((row) => [`notice-${String(row._id)}`, noticeOf(row, people)] as const),
      ...digests.map((row) => [`digest-${String(row._id)}`, digestOf(row, people)] as const),
    ]);
    const inbox = notices
      .filter(({ shown }) => shown)
      .map((row): Sent => {
        const told =
          known.get(row.key) ?? known.get(`notice-${String(row._id)}`) ?? unknownOf(row.key, row.userId, people);
        // What stands in the inbox disturbs nobody; a reminder's does so with its mail.
        return { ...told, by: 'inbox', at: row.createdAt };
      });
    const mails = caught.map(({ key, personId, at }): Sent => ({
      ...(known.get(key) ?? { ...unknownOf(key, personId, people), dueAt: at }),
      by: 'mail',
      at,
    }));
    return {
      sent: [...inbox, ...mails],
      lost: reminders.filter((row) => this.isLost(row)).map((row) => this.lost(row, people)),
    };
  }

  private reminder(row: ReminderRow, people: People): Which {
    const rung = this.ladder.find(({ kind }) => kind === row.kind);
    return {
      ...addressee(people, row.userId),
      key: `reminder-${String(row._id)}`,
      kind: row.kind,
      about: row.title ?? row.titleKey ?? '',
      dueAt: this.due.get(String(row._id)) ?? row.dueAt,
      canWait: rung?.canWait === true && { until: row.until },
    };
  }

  private lost(row: ReminderRow, people: People): Lost {
    const { person, kind, about, dueAt } = this.reminder(row, people);
    return { person, kind, about, dueAt, because: row.because ?? row.state };
  }

  /** Failed, or still there though its time has come, or dropped for no other reason than that it was too late. */
  private isLost({ state, because, dueAt }: ReminderRow): boolean {
    const isOver = state === 'sent' || (state === 'dropped' && because !== 'late');
    return !isOver && dueAt <= this.now;
  }

  private async addressees(): Promise<Map<string, Addressee>> {
    const users = await this.db.collection<UserRow>('users').find({}).toArray();
    const chosen = await this.preferences.ofAll(users.map(({ _id }) => _id));
    const members = users.map(({ _id, name, timeZone }): [string, Addressee] => {
      const { quietHours, quietWeekend, digest } = chosen.get(String(_id)) ?? DEFAULT_PREFERENCES;
      const person = { id: String(_id), name };
      return [person.id, { person, quiet: { timeZone, quietHours, quietWeekend }, choseDigest: Boolean(digest) }];
    });
    // Guests are forgotten some time after their workshop.
    const outside = [...this.recipients, ...(await recipientsOutside(this.db))].map(
      ([id, { name, timeZone }]): [string, Addressee] => [
        id,
        { person: { id, name }, quiet: { timeZone, quietHours: DEFAULT_PREFERENCES.quietHours }, choseDigest: false },
      ],
    );
    return new Map([...outside, ...members]);
  }
}

/** Everybody whom mail may come for. */
export async function recipientsIn(db: Connection): Promise<Recipients> {
  const users = await db.collection<UserRow>('users').find({}).toArray();
  return new Map([
    ...users.map(({ _id, name, timeZone }) => [String(_id), { name, timeZone }] as const),
    ...(await recipientsOutside(db)),
  ]);
}

/** Who has no account: their nights are those of the cohort, or of the workshop. */
async function recipientsOutside(db: Connection): Promise<Recipients> {
  const [cohort, workshops, invited, guests, places] = await Promise.all([
    db.collection<CohortRow>('cohorts').findOne({}),
    db.collection<WorkshopRow>('workshops').find({}).toArray(),
    db.collection<InvitationRow>('invitations').find({}).toArray(),
    db.collection<GuestRow>('workshop-guests').find({}).toArray(),
    db.collection<RegistrationRow>('registrations').find({ guest: true }).toArray(),
  ]);
  const zones = new Map(workshops.map(({ _id, timeZone }) => [String(_id), timeZone]));
  const zoneOf = (workshopId: unknown) => zones.get(String(workshopId)) ?? cohort?.timeZone ?? 'UTC';
  const known = new Map([
    ...invited.map(({ _id, name }) => [String(_id), { name, timeZone: zoneOf(null) }] as const),
    ...guests.map(({ _id, name, workshopId }) => [String(_id), { name, timeZone: zoneOf(workshopId) }] as const),
  ]);
  // Reminders are of a guest's place, other letters of the guest.
  for (const { _id, userId } of places) {
    const guest = known.get(String(userId));
    if (guest) known.set(String(_id), guest);
  }
  return known;
}

function noticeOf(row: NotificationRow, people: People): Which {
  const isMailed = row.mail.state === 'sent';
  return {
    ...addressee(people, row.userId),
    key: `notice-${String(row._id)}`,
    kind: row.kind,
    about: typeof row.params['title'] === 'string' ? row.params['title'] : '',
    dueAt: isMailed ? row.mail.dueAt : row.createdAt,
    canWait: isMailed && mailCanWait(row.kind) && { until: null },
  };
}

/** Whoever chose digests chose their hour; what was kept back of others can wait. */
function digestOf({ _id, of, about }: DeliveryRow<AboutDigest>, people: People): Which {
  const whose = addressee(people, of);
  return {
    ...whose,
    ...{ key: `digest-${String(_id)}`, kind: 'digest', about: '', dueAt: about.dueAt },
    canWait: !whose.choseDigest && { until: null },
  };
}

/** A letter that is neither a reminder nor a notice. */
const unknownOf = (key: string, personId: unknown, people: People): Which => ({
  ...addressee(people, personId),
  ...{ key, kind: key.replace(/-[0-9a-f]{24}.*$/, ''), about: '', dueAt: new Date(0), canWait: false },
});

function addressee(people: People, id: unknown): Addressee {
  const person = { id: String(id), name: String(id) };
  return people.get(person.id) ?? { person, quiet: { timeZone: 'UTC', quietHours: null }, choseDigest: false };
}
