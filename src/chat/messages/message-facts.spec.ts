import { newId } from '../../infra/mongo/ids.js';
import { callsAnew, callsSomebody } from './message-facts.js';

const [sender, leo, zoe, channel] = [newId(), newId(), newId(), newId()];
const room = { kind: 'private' } as const;
const conversation = { kind: 'direct' } as const;

describe('a new message', () => {
  it.each([
    ['nobody', [], false],
    ['only who wrote it', [sender], false],
    ['somebody', [leo], true],
    ['who wrote it and somebody', [sender, leo], true],
    ['everybody', [channel], true],
  ])('given it names %s, then it says whether that calls somebody', (_name, names, calls) => {
    expect(callsSomebody(room, { senderId: sender, names })).toBe(calls);
  });

  it('given a conversation, then it calls whoever is in it', () => {
    expect(callsSomebody(conversation, { senderId: sender, names: [] })).toBe(true);
  });
});

describe('a changed message', () => {
  it.each([
    ['nobody any more', [leo], [], false],
    ['the same', [leo], [leo], false],
    ['who wrote it', [], [sender], false],
    ['one more', [leo], [leo, zoe], true],
    ['everybody, which it did not before', [leo], [leo, channel], true],
    ['somebody else instead', [leo], [zoe], true],
  ])('given it names %s, then it says whether that calls somebody anew', (_name, before, names, calls) => {
    expect(callsAnew(room, { senderId: sender, names: before }, names)).toBe(calls);
  });

  it('given a conversation, then it calls nobody anew: all were told of the message', () => {
    expect(callsAnew(conversation, { senderId: sender, names: [] }, [leo])).toBe(false);
  });
});
