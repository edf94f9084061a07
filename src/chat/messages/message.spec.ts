import { namesEverybody } from '../../common/texts/everybody.js';
import { excerptOf, namedIn } from './message.js';

describe('who is named', () => {
  it.each([
    ['<@65f0000000000000000000AA> and <@65f0000000000000000000aa>', ['65f0000000000000000000aa']],
    ['<@65f0000000000000000000a>', []],
    ['<<@65f0000000000000000000aa>>', ['65f0000000000000000000aa']],
    ['@65f0000000000000000000aa', []],
  ])('given %s, then %j', (body, ids) => {
    expect(namedIn(body)).toEqual(ids);
  });

  it.each([
    ['@channel lunch?', true],
    ['(@channel)', true],
    ['a\n@channel', true],
    ['@channels', false],
    ['@channel-help', false],
    ['me@channel.fr', false],
  ])('given %j, then @channel is meant: %s', (body, meant) => {
    expect(namesEverybody(body)).toBe(meant);
  });
});

describe('an excerpt', () => {
  it('is cut before a name and a character that would be cut in two', () => {
    expect(excerptOf(`${'x'.repeat(130)} <@65f0000000000000000000aa> y`)).toBe('x'.repeat(130));
    expect(excerptOf(`${'x'.repeat(139)}👍`)).toBe('x'.repeat(139));
  });
});
