import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, DAY } from '../../common/times/clock.js';
import { Deliveries, type NewDelivery } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind } from '../../infra/deliveries/delivery-kind.js';
import type { AboutInterview } from './interview-letter.js';
import { InterviewLetters } from './interview-letters.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import type { ApplicantLetterKind, PanelLetterKind } from './interview-words.js';
import type { Stretch } from './times.js';

type Invited = Pick<InterviewRow, '_id' | 'applicationId' | 'turn'>;
type Booked = Invited & { time: Stretch };

/** Who was invited, or has no time any more, and has not chosen by then hears of it once more. */
const CHOOSE_AFTER_MS = 2 * DAY;

/** Letters about interviews, written with the act that they follow from. What they say is read as they leave. */
@Injectable()
export class InterviewMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutInterview> = {
    name: 'interview',
    way: 'letters',
    prepare: async (delivery) => {
      const letter = await this.letters.write(delivery);
      return letter ? { letter } : { skip: 'over' };
    },
    moved: async ({ about }, move) => await this.letters.moved(about, move),
  };

  constructor(
    private readonly deliveries: Deliveries,
    private readonly letters: InterviewLetters,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /** Files are invited; who has not chosen in two days is reminded. */
  async invited(rows: readonly InterviewRow[], session: ClientSession): Promise<void> {
    await this.send(
      rows.flatMap((row) => [letterTo(row, 'invited'), this.reminder(row)]),
      session,
    );
  }

  /** Staff remind those who have not chosen. */
  async reminded(rows: readonly Invited[], at: Date, session: ClientSession): Promise<void> {
    await this.send(
      rows.map((row) => {
        const letter = letterTo(row, 'to-choose');
        return { ...letter, key: `${letter.key}-${at.getTime().toString(36)}` };
      }),
      session,
    );
  }

  /** A time was chosen: `row` is of the turn that came of it. All who sit there hear, and who applies; the day before once more. */
  async booked(row: Booked, panel: Pick<PanelRow, 'memberIds'>, session: ClientSession): Promise<void> {
    await this.send(this.lettersOf('chosen', row, panel), session);
  }

  /** The place or the panel of some is another: `rows` are of the turns that came of it. `left` sit there no more. */
  async changed(
    rows: readonly Booked[],
    panel: Pick<PanelRow, 'memberIds'>,
    left: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    await this.send(
      rows.flatMap((row) => [
        ...this.lettersOf('changed', row, panel),
        ...left.map((userId) => letterTo(row, 'freed', { userId, was: row.time })),
      ]),
      session,
    );
  }

  /** A time is chosen no more: `row` is of the turn that came of it, `was` the time. Without a `kind` who applies hears nothing. Who is to choose another one is reminded. */
  async freed(
    kind: 'given-back' | 'taken-away' | 'called-off' | null,
    row: Invited,
    was: Stretch | null,
    { memberIds }: Pick<PanelRow, 'memberIds'>,
    session: ClientSession,
  ): Promise<void> {
    await this.send(
      [
        ...(kind ? [letterTo(row, kind, was ? { was } : {})] : []),
        ...(kind === 'given-back' || kind === 'taken-away' ? [this.reminder(row)] : []),
        ...(was ? memberIds.map((userId) => letterTo(row, 'freed', { userId, was })) : []),
      ],
      session,
    );
  }

  /** Forgets the letters about a file that is erased. */
  async forget(applicationId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.deliveries.forget(this.kind, [applicationId], session);
  }

  private lettersOf(
    kind: 'chosen' | 'changed',
    row: Booked,
    { memberIds }: Pick<PanelRow, 'memberIds'>,
  ): NewDelivery<AboutInterview>[] {
    const soon = new Date(row.time.startsAt.getTime() - DAY);
    return [
      letterTo(row, kind),
      ...(soon > this.clock.now() ? [{ ...letterTo(row, 'soon'), dueAt: soon }] : []),
      ...memberIds.map((userId) => letterTo(row, 'booked', { userId, was: row.time })),
    ];
  }

  private reminder(row: Invited): NewDelivery<AboutInterview> {
    return { ...letterTo(row, 'to-choose'), dueAt: new Date(this.clock.now().getTime() + CHOOSE_AFTER_MS) };
  }

  private async send(letters: readonly NewDelivery<AboutInterview>[], session: ClientSession): Promise<void> {
    if (letters.length > 0) await this.deliveries.writeMissing(this.kind, letters, session);
  }
}

function letterTo(
  { _id: interviewId, applicationId, turn }: Invited,
  kind: ApplicantLetterKind | PanelLetterKind,
  { userId, was }: { userId?: Types.ObjectId; was?: Stretch } = {},
): NewDelivery<AboutInterview> {
  return {
    key: [interviewId, kind, turn, ...(userId ? [userId] : [])].join('-'),
    of: applicationId,
    about: {
      ...{ kind, interviewId, turn },
      ...(userId && { userId }),
      ...(was && { was: { startsAt: was.startsAt, endsAt: was.endsAt } }),
    },
  };
}
