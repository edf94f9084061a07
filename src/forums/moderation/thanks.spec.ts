import { type Thanked, isThanks } from './thanks.js';

describe('thanks for a reply', () => {
  const reply: Thanked = { number: 2, authorId: 'ali', topicAuthorId: 'zoe', byId: 'zoe' };
  it.each<[string, Partial<Thanked>, boolean]>([
    ['by who asked', {}, true],
    ['by another one', { byId: 'ines' }, true],
    ['not by its author', { byId: 'ali' }, false],
    ['not for the question', { number: 1, authorId: 'zoe', byId: 'ali' }, false],
    ['not for what who asked replied', { authorId: 'zoe', byId: 'ali' }, false],
  ])('%s', (_name, over, is) => expect(isThanks({ ...reply, ...over })).toBe(is));
});
