import { ResidencyWalk } from '../../../src/cli/simulation/residency-walk.js';
import type { ReminderRow } from '../../../src/reminders/reminder.schema.js';
import type { TestWorld } from '../app.js';
import { type TestPerson, join } from '../factories.js';

/** A reminder's mail that reached the server when the clock stood `at`; `id` is its row's. */
export interface SentReminder {
  id: string;
  email: string;
  subject: string;
  at: Date;
}

/** Lives through months on the clock of a test, and keeps which reminders were mailed when. */
export class Residency {
  readonly sent: SentReminder[] = [];
  readonly walk: ResidencyWalk;
  private seen = 0;

  /** `isCalm`: all that happens is planned when it happens, and nothing is to be planned again on the way. */
  constructor(
    private readonly world: TestWorld,
    isCalm = false,
  ) {
    const [first, ...others] = world.nodes.map(({ app }) => app);
    this.walk = new ResidencyWalk([first!, ...others], world.clock, () => this.collect(), isCalm);
  }

  async until(instant: string | Date): Promise<void> {
    await this.walk.until(new Date(instant));
  }

  async join(cohort: string, person: TestPerson): Promise<void> {
    await join(this.world, cohort, person.id, 'fellow');
  }

  /** How many rows stand in which state. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.rows()
      .find({}, { projection: { state: 1 } })
      .toArray();
    return Object.fromEntries(
      [...new Set(rows.map((row) => row.state))].map((state) => [
        state,
        rows.filter((row) => row.state === state).length,
      ]),
    );
  }

  private rows() {
    return this.world.db.collection<ReminderRow>('reminders');
  }

  private collect(): void {
    const fresh = this.world.mail.mails.slice(this.seen);
    this.seen += fresh.length;
    const at = this.world.clock.now();
    for (const mail of fresh) {
      const id = /^<reminder-([^@]+)@/.exec(mail.messageId ?? '')?.[1];
      if (!id) continue;
      const [to] = [mail.to ?? []].flat().flatMap((one) => one.value);
      this.sent.push({ id, email: to?.address ?? '', subject: mail.subject ?? '', at });
    }
  }
}
