import { Types } from 'mongoose';
import { keeperOf, stands } from './webhook-keeper.js';

const [maker, other] = [new Types.ObjectId(), new Types.ObjectId()];
const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour));
const made = { createdBy: maker, createdAt: at(10) };
const taken = { ...made, takenOverBy: other, takenOverAt: at(14) };
const member = (joinedAt: Date, role: 'fellow' | 'staff' = 'fellow') => ({ member: { joinedAt, role } });
const channel = { hasChannel: true, needsStaff: false };

it.each([
  ['who set it up', made, maker, at(10)],
  ['who took it over', taken, other, at(14)],
])('is kept by %s', (_, kept, userId, since) => {
  expect(keeperOf(kept)).toEqual({ userId, since });
});

it.each([
  ['its keeper is in the channel', made, { ...member(at(8)), inChannelSince: at(9) }, channel, true],
  ['they came in at the same instant', made, { ...member(at(10)), inChannelSince: at(10) }, channel, true],
  ['they are not in the channel', made, member(at(8)), channel, false],
  ['they left the channel and came back', made, { ...member(at(8)), inChannelSince: at(11) }, channel, false],
  ['they left the cohort', made, { member: undefined, inChannelSince: at(9) }, channel, false],
  ['they left the cohort and came back', made, { ...member(at(11)), inChannelSince: at(9) }, channel, false],
  ['somebody took it over who came later', taken, { ...member(at(11)), inChannelSince: at(12) }, channel, true],
  [
    'only staff may have it, and they are',
    made,
    { ...member(at(8), 'staff'), inChannelSince: at(9) },
    { hasChannel: true, needsStaff: true },
    true,
  ],
  [
    'only staff may have it, and they are no more',
    made,
    { ...member(at(8)), inChannelSince: at(9) },
    { hasChannel: true, needsStaff: true },
    false,
  ],
  [
    'the account of its keeper was given back to them since',
    made,
    { ...member(at(8)), inChannelSince: at(9), disputedUntil: at(12) },
    channel,
    false,
  ],
  [
    'they took it over after that',
    taken,
    { ...member(at(8)), inChannelSince: at(9), disputedUntil: at(12) },
    channel,
    true,
  ],
  ['of a cohort', made, member(at(8), 'staff'), { hasChannel: false, needsStaff: true }, true],
])('given %s, then it stands or not', (_, kept, belonging, needs, expected) => {
  expect(stands(kept, belonging, needs)).toBe(expected);
});
