import { Types } from 'mongoose';
import { type Reactions, reactionOf, reactionsAfter } from './reactions.js';

const [zoe, ali] = [new Types.ObjectId(), new Types.ObjectId()];
const after = (reactions: Reactions, emoji: string, who: Types.ObjectId, on = true) =>
  reactionsAfter(reactions, reactionOf(emoji, who, on));

describe('reactions', () => {
  it('count each person once a kind, in the order in which the kinds came', () => {
    const one = after([], '❤', zoe)!;
    expect(one).toEqual([{ emoji: '❤️', userIds: [zoe] }]);
    expect(after(one, '❤️', zoe)).toBeNull();
    const both = after(after(one, '🎉', ali)!, '❤️', ali)!;
    expect(both).toEqual([
      { emoji: '❤️', userIds: [zoe, ali] },
      { emoji: '🎉', userIds: [ali] },
    ]);
    expect(after(both, '🎉', ali, false)).toEqual([{ emoji: '❤️', userIds: [zoe, ali] }]);
    expect(after(both, '🎉', zoe, false)).toBeNull();
    expect(after(both, '👍', zoe, false)).toBeNull();
  });

  it('are at most twenty kinds, of one emoji each', () => {
    const full = Array.from({ length: 20 }, (_, index) => ({
      emoji: String.fromCodePoint(0x1f600 + index),
      userIds: [ali],
    }));
    expect(after(full, '😀', zoe)).toHaveLength(20);
    expect(() => after(full, '🎉', zoe)).toThrow('20 kinds');
    expect(() => after([], 'x', zoe)).toThrow();
    expect(() => after([], '🎉🎉', zoe)).toThrow();
  });
});
