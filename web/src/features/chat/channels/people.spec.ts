import type { Message } from '../../../../../src/contracts/chat/chat';
import { speaksOfStrangers } from './people';

const [inside, outside] = ['6530f0a0a0a0a0a0a0a0a0a1', '6530f0a0a0a0a0a0a0a0a0a2'];
const message = (more: Partial<Message>) =>
  ({ bot: null, senderId: inside, body: '', reactions: [], ...more }) as Message;

it.each([
  ['one who is there', message({ body: `<@${inside}> look` }), false],
  ['a writer who is not', message({ senderId: outside }), true],
  ['a webhook', message({ senderId: outside, bot: { name: 'CI' } }), false],
  ['a name of one who is not', message({ body: `Ask <@${outside}>` }), true],
  ['a name in capitals', message({ body: `Ask <@${outside.toUpperCase()}>` }), true],
  ['a reaction of one who is not', message({ reactions: [{ emoji: '👍', userIds: [inside, outside] }] }), true],
])('given %s, then strangers: %3$s', (_, one, expected) => {
  expect(speaksOfStrangers([one], new Set([inside]))).toBe(expected);
});
