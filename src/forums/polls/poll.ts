import type { Types } from 'mongoose';
import type { CohortActor } from '../../common/actor.js';
import { invalidField } from '../../common/problem.js';
import { DAY } from '../../common/times/clock.js';
import type { BeginPoll, Poll } from '../../contracts/forum/polls.js';
import type { Person } from '../../contracts/primitives.js';
import type { PollRow } from './poll.schema.js';
import { isOpenPoll, resultOf } from './poll-rule.js';

const LONGEST = 366 * DAY;

/** A new poll. Throws 422 `/poll/closesAt` `in_past`, or `too_far` for more than a year ahead. */
export function newPoll({ question, options, multiple, anonymous, closesAt }: BeginPoll, now: Date): PollRow {
  const closes = closesAt === undefined ? null : new Date(closesAt);
  if (closes && closes <= now) throw invalidField('/poll/closesAt', 'in_past');
  if (closes && closes.getTime() - now.getTime() > LONGEST) throw invalidField('/poll/closesAt', 'too_far');
  const choices = options.map((text) => ({ text, votes: 0 }));
  return { ...{ question, options: choices, multiple, anonymous }, ...{ voters: 0, closesAt: closes, closed: null } };
}

/** May they close it before it closes by itself? Its author and staff. */
export const mayClose = ({ userId, role }: CohortActor, authorId: Types.ObjectId): boolean =>
  role === 'staff' || String(authorId) === userId;

/** A poll as an actor sees it; `mayTouch` is whether they may do anything in its topic, `mine` what they chose. */
export function presentPoll(
  actor: CohortActor,
  { poll, authorId }: { poll: PollRow; authorId: Types.ObjectId },
  known: { mine: number[]; faceOf: (id: Types.ObjectId) => Person; mayTouch: boolean; now: Date },
): Poll {
  const { closed, closesAt, voters, question, multiple, anonymous } = poll;
  const isOpen = isOpenPoll(poll, known.now);
  const result = resultOf(poll, known.now);
  return {
    ...{ question, multiple, anonymous, voters, isOpen, result, mine: known.mine },
    options: poll.options.map(({ text, votes }) => ({ text, votes: result === 'shown' ? votes : null })),
    closesAt: (closed?.at ?? closesAt)?.toISOString() ?? null,
    closedBy: closed ? known.faceOf(closed.byId) : null,
    abilities: { vote: isOpen && known.mayTouch, close: isOpen && known.mayTouch && mayClose(actor, authorId) },
  };
}
