import { fromSlack, openedHook, slackBody } from './slack-text.js';

describe('the marks of Slack as markdown', () => {
  it.each([
    ['*bold* and _slanted_ and ~gone~', '**bold** and _slanted_ and ~~gone~~'],
    ['2*3*4 is 24', '2*3*4 is 24'],
    ['see <https://a.example/x|the plan>', 'see [the plan](https://a.example/x)'],
    ['see <https://a.example/x>', 'see https://a.example/x'],
    ['<mailto:a@b.example|a@b.example>', '[a@b.example](mailto:a@b.example)'],
    ['<@U1> <@U2|leo> <#C1|general>', '@Inès @leo #general'],
    ['<!channel> and <!here|here>', '@channel and here'],
    ['`*not bold*` and ```\n<not|a link>\n```', '`*not bold*` and ```\n<not|a link>\n```'],
    ['a &lt; b &amp;&amp; c', 'a < b && c'],
    ['a < b and c > d', 'a < b and c > d'],
    ['&lt;script&gt;', '<script>'],
  ])('given %j, then %j', (slack, markdown) => {
    expect(fromSlack(slack, (id) => ({ U1: '@Inès' })[id])).toBe(markdown);
  });
});

describe('the body of an incoming webhook', () => {
  it('takes blocks in the place of text, then attachments', () => {
    const body = slackBody({
      text: 'the short form',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Build 12' } },
        { type: 'section', text: { type: 'mrkdwn', text: 'It *failed*' }, fields: [{ text: 'on main' }] },
        { type: 'divider' },
        { type: 'context', elements: [{ text: 'by Léo' }] },
      ],
      attachments: [{ title: 'The log', title_link: 'https://ci.example/12', text: 'line 3' }, { fallback: 'plain' }],
    });
    expect(body).toBe(
      '**Build 12**\n\nIt **failed**\non main\n\n---\n\nby Léo\n\n[The log](https://ci.example/12)\nline 3\n\nplain',
    );
  });

  it('takes what an attachment says: its colour as a sign, author, fields and footer', () => {
    const attachment = {
      ...{
        color: 'danger',
        pretext: 'Deploy',
        author_name: 'Léo',
        title: 'Build 12',
        title_link: 'https://ci.example/12',
      },
      fields: [
        { title: 'Branch', value: 'main', short: true },
        { title: 'Only a title' },
        { value: 'Only a value' },
        {},
      ],
      footer: 'ci.example',
    };
    expect(slackBody({ attachments: [attachment] })).toBe(
      'Deploy\n🔴 Léo\n[Build 12](https://ci.example/12)\n**Branch**: main\n**Only a title**\nOnly a value\n_ci.example_',
    );
    for (const color of ['#36a64f', 'constructor'])
      expect(slackBody({ attachments: [{ color, text: 'plain' }] })).toBe('plain');
  });

  it('opens what a form brings, and refuses what is no such message', () => {
    expect(openedHook({ payload: '{"text":"hello","icon_url":"x"}' })).toMatchObject({ text: 'hello' });
    expect(openedHook({ text: 'as it is' })).toEqual({ text: 'as it is' });
    for (const payload of ['', 'text', '[]', '{"text":3}', '{"blocks":"x"}', '{'])
      expect(() => openedHook({ payload })).toThrow();
  });

  it('given nothing to say, then it is empty', () => {
    expect(slackBody({ text: '  ', blocks: [{ type: 'image' }], attachments: [{}] })).toBe('');
  });
});

it('given far more than a message holds, then its begin alone is read', () => {
  const body = slackBody({ blocks: Array.from({ length: 31 }, () => ({ type: 'section', text: '` `'.repeat(2600) })) });
  expect([body.length > 8000, body.length <= 32_000]).toEqual([true, true]);
});
