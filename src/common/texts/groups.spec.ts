import { ChannelGroup } from '../../contracts/chat/chat.js';
import { namesEverybody } from './everybody.js';
import { groupsIn, groupOf, toGroupTokens, withGroupWords } from './groups.js';

const ALL = new Set(ChannelGroup.options);

describe('groups in a text', () => {
  it.each([
    ['@designers look', '<@designers> look'],
    ['**@Designers**, (@hosts)!', '**<@designers>**, (<@hosts>)!'],
    ['@développeurs et @developpeuses', '<@developers> et <@developers>'],
    ['@équipe et @équipe-du-programme.', '<@team> et <@staff>.'],
    ['@e\u0301quipe', '<@team>'],
    ['ines@team.example, x@hosts', 'ines@team.example, x@hosts'],
    ['@team.example and @team@social', '@team.example and @team@social'],
    ['@teams @team_a @designers-of-old @team2', '@teams @team_a @designers-of-old @team2'],
    ['https://example.org/@team', 'https://example.org/@team'],
    ['`@team` and\n```\n@hosts\n```', '`@team` and\n```\n@hosts\n```'],
    ['<@team> again', '<@team> again'],
    ['@channel @nobody', '@channel @nobody'],
  ])('%j is kept as %j', (typed, kept) => {
    expect(toGroupTokens(typed, ALL)).toBe(kept);
    expect(toGroupTokens(kept, ALL)).toBe(kept);
  });

  it('stays as typed where a group cannot be named', () => {
    expect(toGroupTokens('@team @hosts', new Set(['hosts']))).toBe('@team <@hosts>');
  });

  it('finds each group once, none in code, none that there is not', () => {
    expect(groupsIn('<@team> <@hosts> <@team> `<@staff>` <@strangers>')).toEqual(['team', 'hosts']);
  });

  it('is read in the language of the reader', () => {
    expect(withGroupWords('<@hosts> and <@strangers>', 'fr')).toBe('@hôtes and <@strangers>');
    expect(withGroupWords('<@hosts>', 'en', (word) => `**${word}**`)).toBe('**@hosts**');
  });

  it.each(ChannelGroup.options)('%s is understood in both languages, and comes back as itself', (group) => {
    for (const locale of ['en', 'fr'] as const) {
      expect(groupOf(withGroupWords(`<@${group}>`, locale).slice(1))).toBe(group);
    }
  });
});

describe('@channel', () => {
  it.each([
    ['@channel lunch', true],
    ['(@channel)', true],
    ['`@channel`', false],
    ['mail@channel', false],
    ['```\n@channel\n```\n@channel', true],
  ])('%j: %s', (text, names) => {
    expect(namesEverybody(text)).toBe(names);
  });
});
