import { originIn, pathOfOrigin, searchOf, sentOrigin } from './origin';

describe('what a page is made from', () => {
  const thread = { channelId: 'c', messageId: 'm' };

  it.each([
    [{ topic: 't' }, 't', { fromTopic: 't' }],
    [{ workshop: 'w' }, 'workshops/w', { fromWorkshop: 'w' }],
    [{ thread }, 'threads/c/m', { fromThread: thread }],
  ])('given %j, then the address says it, and the server is asked for it', (origin, path, sent) => {
    expect(originIn(searchOf(origin))).toEqual(origin);
    expect([pathOfOrigin(origin), sentOrigin(origin)]).toEqual([path, sent]);
  });

  it('is nothing where the address names none', () => {
    expect([originIn({}), originIn({ thread: 'half' })]).toEqual([null, null]);
  });
});
