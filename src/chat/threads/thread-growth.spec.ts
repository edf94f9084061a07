import { Types } from 'mongoose';
import { growthOf } from './thread-growth.js';
import type { MessageRow } from '../messages/message.schema.js';

const id = () => new Types.ObjectId();
const channelId = id();
const [ines, leo, sam] = [id(), id(), id()];
const message = (seq: number, senderId: Types.ObjectId, names: Types.ObjectId[] = []) =>
  ({ _id: id(), channelId, seq, senderId, names, createdAt: new Date(seq) }) as MessageRow;
const root = message(3, ines);
const here = new Set([ines, leo, sam].map(String));
const people = (...replies: MessageRow[]) =>
  growthOf(root, replies, here)!.people.map(({ userId, readSeq, wrote }) => [String(userId), readSeq, wrote]);

describe('who follows a thread', () => {
  it('given no reply, then nothing', () => {
    expect(growthOf(root, [], here)).toBeNull();
  });

  it('given replies, then who began has read up to the beginning and who replied up to their last word', () => {
    expect(people(message(5, leo), message(7, leo))).toEqual([
      [String(ines), 3, false],
      [String(leo), 7, true],
    ]);
    expect(growthOf(root, [message(5, leo), message(7, leo)], here)).toMatchObject({
      headSeq: 7,
      repliedAt: new Date(7),
    });
  });

  it('given who began has left the channel, then they do not follow', () => {
    const growth = growthOf(root, [message(5, leo)], new Set([String(leo)]));
    expect(growth!.people.map(({ userId }) => String(userId))).toEqual([String(leo)]);
  });

  it('given somebody named, then what was said before is not theirs to catch up; @channel makes nobody follow', () => {
    expect(people(message(5, leo, [sam, channelId]))).toContainEqual([String(sam), 4, false]);
    expect(people(message(5, leo, [sam, channelId]))).toHaveLength(3);
  });

  it('given who is named and then replies, then their reply counts', () => {
    expect(people(message(5, leo, [sam]), message(6, sam))).toContainEqual([String(sam), 6, true]);
  });

  it('given who began replies, then they wrote', () => {
    expect(people(message(5, ines))).toEqual([[String(ines), 5, true]]);
  });
});
