import { slackEmoji, withSlackEmoji } from './slack-emoji.js';
import { bodyOf, isSaid, peopleIn, programOf, reactionsOf, rootOf } from './slack-message.js';
import { slackPersonOf } from './slack-people.js';
import { SlackMessage } from './slack-shapes.js';

const message = (more: Record<string, unknown>) =>
  SlackMessage.parse({ type: 'message', ts: '1780000000.000100', user: 'U1', text: '', ...more });

describe('emoji of Slack', () => {
  it.each([
    ['tada', '🎉'],
    ['+1', '👍'],
    ['wave::skin-tone-6', '👋🏿'],
    ['wave::skin-tone-2-3', '👋'],
    ['wave::skin-tone-99999999', '👋'],
    ['constructor', undefined],
    ['party_parrot_of_ours', undefined],
  ])('given %s, then %s', (name, emoji) => {
    expect(slackEmoji(name)).toBe(emoji);
  });

  it('given names in a text, then pictures, but not in code, nor for what nobody knows', () => {
    expect(withSlackEmoji('a :tada: `:tada:` :ours: 10:30:00 :+1::skin-tone-2:')).toBe(
      'a 🎉 `:tada:` :ours: 10:30:00 👍🏻',
    );
  });
});

describe('a message of Slack', () => {
  it('given a notice, then it is not said; given words of people and programs, then it is', () => {
    expect(['channel_join', 'channel_topic', 'pinned_item'].map((subtype) => isSaid(message({ subtype })))).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      [{}, { subtype: 'bot_message' }, { subtype: 'thread_broadcast' }].map((one) => isSaid(message(one))),
    ).toEqual([true, true, true]);
  });

  it('given a reply, then its root; given the root itself, then none', () => {
    expect(rootOf(message({ thread_ts: '1770000000.000100' }))).toBe('1770000000.000100');
    expect(rootOf(message({ thread_ts: '1780000000.000100' }))).toBeNull();
  });

  it('given a program, then its name; given a person who uses one, then the person', () => {
    expect(programOf(message({ subtype: 'bot_message', user: null, username: 'CI' }))).toBe('CI');
    expect(programOf(message({ bot_id: 'B1', bot_profile: { name: 'Poll' } }))).toBeNull();
    expect(programOf(message({ user: 'USLACKBOT' }))).toBe('Slackbot');
    expect(programOf(message({}))).toBeNull();
  });

  it('given names and reactions, then all whom it needs, each once', () => {
    const one = message({ text: 'for <@U2|leo> and <@U1>', reactions: [{ name: 'tada', users: ['U3', 'U2'] }] });
    expect(peopleIn(one)).toEqual(['U1', 'U2', 'U3']);
  });

  it('given previews that Slack drew of links, then they stay outside; given cards of programs, then they are text', () => {
    const attachments = [
      { title: 'Drawn', from_url: 'https://a.example' },
      { title: 'Card', title_link: 'https://b.example', text: 'said' },
    ];
    expect(bodyOf(message({ text: 'see', attachments }), () => undefined, [])).toBe(
      'see\n\n[Card](https://b.example)\nsaid',
    );
  });

  it('given a file that did not come along, then its name, and no link but to the web', () => {
    const files = [
      { id: 'F1', name: 'a](b).pdf', permalink: 'javascript:alert(1)' },
      { id: 'F2', title: 'Plan', permalink: 'https://files.example/x y' },
    ];
    expect(bodyOf(message({}), () => undefined, files)).toBe('📎 a (b).pdf\n📎 [Plan](https://files.example/x%20y)');
  });

  it('given two names for one emoji, then one reaction, each person once', () => {
    const reactions = [
      { name: '+1', users: ['U1', 'U2'] },
      { name: 'thumbsup', users: ['U2', 'U9'] },
      { name: 'ours', users: ['U1'] },
    ];
    const known: Record<string, string> = { U1: 'a', U2: 'b' };
    expect(reactionsOf(message({ reactions }), (id) => known[id])).toEqual({
      reactions: [{ emoji: '👍', userIds: ['a', 'b'] }],
      unknown: 1,
    });
  });
});

describe('a person of Slack', () => {
  it('given an address, then they are known by it; given none, then by where they wrote', () => {
    const user = { id: 'U1', team_id: 'T1', name: 'ines', profile: { real_name: ' Inès ', email: 'INES@a.example' } };
    expect(slackPersonOf('U1', user)).toEqual({
      ...{ id: 'U1', name: 'Inès', email: 'ines@a.example', placeholderFor: 'mail:ines@a.example' },
    });
    expect(slackPersonOf('U2', { id: 'U2', team_id: 'T1', name: 'leo' })).toMatchObject({
      name: 'leo',
      placeholderFor: 'slack:T1:U2',
    });
    expect(slackPersonOf('U3', undefined, { real_name: 'Guest' })).toMatchObject({ name: 'Guest', email: null });
  });
});
