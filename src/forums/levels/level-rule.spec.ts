import type { ForumLevel, SubscriptionLevel } from '../../contracts/forums.js';
import { asOfTopic, levelFor, mutedBy } from './level-rule.js';

const chosen = (
  topic: SubscriptionLevel | null,
  tags: Record<string, ForumLevel>,
  whole: ForumLevel | null,
  byItself = false,
) => ({
  topic: topic && { level: topic, byItself },
  tags: Object.entries(tags).map(([tag, level]) => ({ tag, level })),
  whole,
});
const TAGS = ['law', 'geodata'];

describe('the level of a person for a topic', () => {
  it.each([
    ['nothing chosen', chosen(null, {}, null), 'normal', 'whole', null],
    ['the whole', chosen(null, {}, 'watching_first'), 'watching_first', 'whole', null],
    ['a tag over the whole', chosen(null, { law: 'normal' }, 'watching'), 'normal', 'tag', 'law'],
    ['a tag that it has not', chosen(null, { rgaa: 'watching' }, null), 'normal', 'whole', null],
    ['the topic over both', chosen('normal', { law: 'muted' }, 'watching'), 'normal', 'topic', null],
    [
      'the closest of two tags',
      chosen(null, { law: 'tracking', geodata: 'watching' }, null),
      'watching',
      'tag',
      'geodata',
    ],
    ['a muted tag', chosen(null, { law: 'watching', geodata: 'muted' }, null), 'muted', 'tag', 'geodata'],
    ['read, in a watched tag', chosen('tracking', { law: 'watching' }, null, true), 'watching', 'tag', 'law'],
    ['read, in a muted tag', chosen('tracking', { law: 'muted' }, null, true), 'tracking', 'topic', null],
    ['one’s own, with a whole', chosen('watching', {}, 'watching', true), 'watching', 'topic', null],
  ])('%s', (_name, of, level, by, tag) => expect(levelFor(of, TAGS)).toEqual({ level, by, tag }));

  it.each([
    ['nothing', chosen(null, { law: 'watching' }, 'normal'), [], null],
    ['a tag', chosen(null, { law: 'muted', rgaa: 'normal' }, null), ['law'], null],
    ['the whole', chosen(null, { law: 'muted', rgaa: 'tracking' }, 'muted'), ['law'], ['law', 'rgaa']],
  ])('muted: %s', (_name, of, tags, others) => expect(mutedBy(of)).toEqual({ tags, others }));

  it('shows who watches first posts as normal in a topic', () => {
    expect((['watching_first', 'watching', 'muted'] as const).map(asOfTopic)).toEqual(['normal', 'watching', 'muted']);
  });
});
