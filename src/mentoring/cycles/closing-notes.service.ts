import { Injectable } from '@nestjs/common';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { conflict, forbidden } from '../../common/problem.js';
import {
  CYCLE_OF,
  ClosingAudience,
  type ClosingNote,
  type WriteClosingNote,
} from '../../contracts/mentoring/cycles.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { RateLimits } from '../../infra/redis/rate-limits.js';
import { countText } from '../../infra/redis/text-of-day.js';
import { NoteCircles } from '../notes/note-circles.js';
import { type Circle, readersOf } from '../notes/note-readers.js';
import { abilities } from './cycle.js';
import { CycleProgress } from './cycle-progress.js';
import type { CycleRow } from './cycle.schema.js';
import { changeOf, cycleChanged } from './cycles.events.js';
import { subjectOf } from './cycles.presenter.js';
import { CyclesRepository } from './cycles.repository.js';
import { CyclesService } from './cycles.service.js';

/** The closing note of a cycle. Who reads it is decided when it is saved, as a list of people; no role opens it afterwards. */
@Injectable()
export class ClosingNotes {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly people: People,
    private readonly circles: NoteCircles,
    private readonly service: CyclesService,
    private readonly cycles: CyclesRepository,
    private readonly progress: CycleProgress,
    private readonly limits: RateLimits,
  ) {}

  /** The note, for its readers; to its coach, while none is written, the readers that one would have. */
  async read(actor: CohortActor, cycleId: string): Promise<ClosingNote> {
    const row = await this.service.visible(actor, cycleId);
    return await this.reply(actor, row);
  }

  /**
   * Writes it for the people whom its audience means now; where four sessions were held, that ends the cycle. Throws 403 for others
   * than its coach, 409 `not_held_yet`, 409 `stale` with `now` when there is one already, 429 `text_day_full`.
   */
  async write(actor: CohortActor, cycleId: string, body: WriteClosingNote): Promise<ClosingNote> {
    const row = await this.service.visible(actor, cycleId);
    if (!row.coachId.equals(actor.userId)) throw forbidden();
    if (row.note) throw await this.service.stale(actor, row);
    const progress = await this.progress.ofOne(row);
    const now = this.clock.now();
    if (!abilities(actor, subjectOf(row), progress, now).writeNote) {
      throw conflict('not_held_yet', 'Four sessions are to be held first.', { held: progress.held, of: CYCLE_OF });
    }
    await countText(this.limits, actor.userId, body.body);
    const author = idOf(actor.userId);
    const readers = readersOf(body.audience, await this.circle(row)).map(idOf);
    const note = { body: body.body, audience: body.audience, readers, authorId: author, createdAt: now };
    const ends = row.state === 'open';
    const change = {
      note,
      ...(ends && { state: 'completed' as const, open: false, endedAt: now, endedBy: author }),
    };
    if (!(await this.cycles.writeNote(row, change, now))) throw await this.service.stale(actor, row);
    const written = { ...row, ...change, revision: row.revision + 1 };
    this.bus.publish(cycleChanged, changeOf(written, ends ? 'ended' : 'note_written'));
    return await this.reply(actor, written);
  }

  private async reply(actor: CohortActor, row: CycleRow): Promise<ClosingNote> {
    const { note } = row;
    const isReader = note?.readers.some((reader) => reader.equals(actor.userId)) ?? false;
    const circle = !note && row.coachId.equals(actor.userId) ? await this.circle(row) : null;
    const audiences = circle
      ? ClosingAudience.options.map((audience) => ({ audience, readers: readersOf(audience, circle) }))
      : [];
    const shown = isReader && note ? note.readers.map(String) : [];
    const faces = await this.people.byId([...shown, ...audiences.flatMap(({ readers }) => readers)]);
    const named = (ids: readonly string[]) => ids.flatMap((id) => faces.get(id) ?? []);
    return {
      note:
        isReader && note
          ? {
              body: note.body,
              audience: note.audience,
              author: faces.get(String(note.authorId)) ?? { id: String(note.authorId), name: '', avatarUrl: null },
              readers: named(shown),
              createdAt: note.createdAt.toISOString(),
            }
          : null,
      audiences: audiences.map(({ audience, readers }) => ({ audience, readers: named(readers) })),
    };
  }

  private async circle(row: CycleRow): Promise<Circle> {
    return await this.circles.of(String(row.cohortId), {
      authorId: String(row.coachId),
      coachIds: [String(row.coachId)],
      participantIds: [String(row.fellowId)],
    });
  }
}
