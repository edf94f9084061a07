import { Types } from 'mongoose';
import { type Movable, counted, stepsOf, takesAnswer } from './move-plan.js';

const [zoe, ali] = [new Types.ObjectId(), new Types.ObjectId()];
const at = new Date('2026-11-20T10:00:00Z');
const post = (number: number, over: Partial<Movable> = {}): Movable => ({
  ...{ _id: new Types.ObjectId(), number, authorId: zoe, deletedAt: null, createdAt: at },
  ...over,
});

describe('posts that move', () => {
  it('keep their order, behind the last one', () => {
    const steps = stepsOf([post(7), post(3), post(4)], 9);
    expect(steps.map((step) => [step.post.number, step.number])).toEqual([
      [3, 10],
      [4, 11],
      [7, 12],
    ]);
  });

  it('begin a new topic', () => {
    expect(stepsOf([post(5)], 0)).toMatchObject([{ number: 1 }]);
  });

  it('count while they are there, as others where they are not of who asked', () => {
    const posts = [post(2), post(3, { authorId: ali }), post(4, { authorId: ali, deletedAt: at })];
    expect(counted(posts, zoe)).toEqual({ posts: 2, others: 1 });
    expect(counted(posts, ali)).toEqual({ posts: 2, others: 1 });
    expect(counted([], ali)).toEqual({ posts: 0, others: 0 });
  });
});

describe('the answer goes along', () => {
  const step = (number: number) => ({ post: post(4), number });
  it.each([
    ['to a question without one', { kind: 'question', answerId: null }, step(5), true],
    ['not to a question that has one', { kind: 'question', answerId: new Types.ObjectId() }, step(5), false],
    ['not to a discussion', { kind: 'discussion', answerId: null }, step(5), false],
    ['not as the beginning of a topic', { kind: 'question', answerId: null }, step(1), false],
    ['not where it stays', { kind: 'question', answerId: null }, undefined, false],
  ])('%s', (_name, to, answer, takes) => expect(takesAnswer(to, answer)).toBe(takes));
});
