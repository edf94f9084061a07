import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DAY, Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { sessionSeriesChanged } from '../../mentoring/mentoring.events.js';
import { type SessionFacts, SessionsReader } from '../../mentoring/sessions/sessions.reader.js';
import { type Notice, Notifier } from '../notifier.js';
import { SessionNames } from '../words/session-names.js';
import { linkOf, thereThen } from './session.notices.js';

/** Tells people of several sessions that one act booked, or called off: one notice for each person, however many there are. */
@Injectable()
export class SessionSeriesNotices implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly sessions: SessionsReader,
    private readonly names: SessionNames,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.outbox.on(sessionSeriesChanged, 'session series notices', (act) => this.tellAct(act));
  }

  /** What became of one of them since is told by itself. Safe to ask again: the key is the act's. */
  async tellAct(act: { seriesId: string; actId: string }): Promise<void> {
    const all = await this.sessions.ofAct(act);
    const since = this.clock.now().getTime() - DAY;
    const told = all.filter(({ status, lastChange }) =>
      lastChange.act === 'cancelled' ? status === 'cancelled' : lastChange.at.getTime() >= since,
    );
    const notices = await Promise.all(
      [...byPerson(told)].map(([userId, { why, theirs }]) => this.noticeTo(userId, why, theirs, act.actId)),
    );
    await tryEach(notices, (notice) => this.notifier.notify(notice));
  }

  private async noticeTo(userId: string, why: string, theirs: Sessions, actId: string): Promise<Notice> {
    const [first] = theirs;
    const params = (await this.names.paramsOf(first)).of(userId);
    const kind = first.status === 'cancelled' ? 'session.cancelled' : 'session.booked';
    const late = theirs.some(({ cancelledLate }) => cancelledLate);
    const said = {
      ...params,
      ...{ reason: first.cancelReason ?? 'none', need: first.need, fromAt: 'none', late: String(late) },
    };
    return {
      userIds: [userId],
      cohortId: first.cohortId,
      kind,
      params: theirs.length > 1 ? { ...said, ...severalOf(theirs) } : said,
      link: linkOf(first),
      why,
      key: `${kind}-${actId}`,
    };
  }
}

type Sessions = readonly [SessionFacts, ...SessionFacts[]];

/** Who has them, why they hear of it, and which are theirs, in time order. */
function byPerson(
  sessions: readonly SessionFacts[],
): Map<string, { why: string; theirs: [SessionFacts, ...SessionFacts[]] }> {
  const people = new Map<string, { why: string; theirs: [SessionFacts, ...SessionFacts[]] }>();
  for (const session of sessions)
    for (const { userId, why } of thereThen(session)) {
      const known = people.get(userId);
      if (known) known.theirs.push(session);
      else people.set(userId, { why, theirs: [session] });
    }
  return people;
}

/**
 * Several are told by their number, and all their ids and times (`spans`: `start/end`), with a space between two. Each has a room of its own and a day until which it can be
 * called off: its own page says them.
 */
const severalOf = (sessions: Sessions) => ({
  several: 'true',
  count: sessions.length,
  sessionId: null,
  sessionIds: sessions.map(({ id }) => id).join(' '),
  spans: sessions.map(({ startsAt, endsAt }) => `${startsAt.toISOString()}/${endsAt.toISOString()}`).join(' '),
  cancelByAt: null,
  meetingLink: null,
});
