import { parse } from 'yaml';
import type { Post, TopicSummary } from '../../contracts/forums.js';
import { pathOfFile, pathOfTopic, safeName } from './safe-names.js';
import { bodyOf, frontMatter, postMarkdown, quotedAs } from './topic-markdown.js';

const [id, cohortId, fileId] = ['6'.repeat(24), '7'.repeat(24), '8'.repeat(24)];
const reader = { locale: 'fr', timeZone: 'Europe/Paris', publicUrl: 'https://here.example' } as const;
const person = { id: '9'.repeat(24), name: 'Zoé *<b>*', avatarUrl: null };
const at = '2026-10-25T00:30:00.000Z';
const topic = {
  ...{ id, cohortId, title: 'yes', kind: 'question', tags: ['no', '2026-01-01'], author: person, state: 'solved' },
  ...{ posts: 3, votes: 2, createdAt: at, lastPostAt: '2026-10-25T01:30:00.000Z', closed: null, answer: 2 },
} as unknown as TopicSummary & { cohortId: string; answer: number };
const post = (over: object = {}): Post =>
  ({
    ...{ id, topicId: id, number: 2, author: person, heading: null, body: 'Words.', poll: null, attachments: [] },
    ...{ quotes: [], quoted: [], mentions: [], isAnswer: false, createdAt: at, editedAt: null, ...over },
  }) as unknown as Post;

describe('the beginning of the file of a topic', () => {
  const factsOf = (text: string, version: '1.1' | '1.2') => parse(text.split('---\n')[1]!, { version });

  it.each(['1.1', '1.2'] as const)(
    'given a reader of YAML %s, then texts are texts and times say their zone',
    (version) => {
      expect(factsOf(frontMatter(topic, undefined, reader), version)).toEqual({
        ...{ title: 'yes', id, link: `https://here.example/c/${cohortId}/forum/${id}`, kind: 'question' },
        ...{ tags: ['no', '2026-01-01'], state: 'solved', author: 'Zoé *<b>*', posts: 3, votes: 2, answer: 2 },
        ...{ created: '2026-10-25T02:30:00+02:00', updated: '2026-10-25T02:30:00+01:00' },
      });
    },
  );

  it.each(['a: b\n---\nsolved: true', '"\'', '# x', '- y', '{{ site }}', '🦊 é', '&a *b !c', '  '])(
    'given the title %j, then it is that and ends nothing',
    (title) => {
      const written = frontMatter({ ...topic, title }, undefined, reader);
      expect(factsOf(written, '1.2').title).toBe(title);
      expect(written.split('\n').filter((line) => line === '---')).toHaveLength(2);
    },
  );

  it('given a poll whose result is not shown, then no number of it', () => {
    const poll = { question: 'Q', multiple: false, anonymous: true, isOpen: true, closesAt: null, voters: 3 };
    const options = [{ text: 'a', votes: null }];
    const written = frontMatter(topic, post({ poll: { ...poll, result: 'secret', options } }), reader);
    expect(factsOf(written, '1.2').poll).toMatchObject({ voters: 3, result: 'secret', options: [{ text: 'a' }] });
  });
});

describe('a post', () => {
  it('names people, quotes by number, and leads to its files and from outside', () => {
    const quoted = [
      { id: 'a'.repeat(24), topicId: id, number: 1, author: person },
      { id: 'b'.repeat(24), topicId: cohortId, number: 4, author: person },
    ];
    const body = [
      ...[`> <#${'a'.repeat(24)}>`, `> <#${'b'.repeat(24)}>`, `> <#${'c'.repeat(24)}>`],
      `<@${person.id}> ![p](/files/uploads/${fileId}/small) [t](/c/x) [o](//evil.example) \`](/c/x)\``,
    ].join('\n');
    const attachments = [{ id: fileId, name: 'p q.png', alt: '', kind: 'image' }];
    const written = bodyOf(post({ body, quoted, mentions: [person], attachments }), cohortId, reader);
    expect(written.split('\n')).toEqual([
      '> **Zoé \\*\\<b\\>\\*** #1:',
      `> **Zoé \\*\\<b\\>\\*** <https://here.example/c/${cohortId}/forum/${cohortId}#post-4>:`,
      '> *plus là*',
      `@Zoé \\*\\<b\\>\\* ![p](../files/${fileId}/p%20q.png) [t](https://here.example/c/x) [o](//evil.example) \`](/c/x)\``,
    ]);
  });

  it('says who wrote it, when, and that it is the answer', () => {
    const written = postMarkdown(
      post({ isAnswer: true }),
      { body: 'Words.', quotes: [quotedAs('**CI**', 'a\nb')] },
      reader,
    );
    expect(written).toBe(
      `\n<!-- post 2, id ${id}, created 2026-10-25T02:30:00+02:00, answer -->\n\n` +
        '## 2. Zoé \\*\\<b\\>\\* · 2026-10-25T02:30:00+02:00 · **Réponse**\n\nWords.\n\n> **CI**\n>\n> a\n> b\n',
    );
  });
});

describe('names of files', () => {
  it.each<[string, string]>([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['a"b<c>:d|e?f*.png', 'a_b_c__d_e_f_.png'],
    ['🦊 l’été.pdf', '🦊 l’été.pdf'],
    ['\u202egnp.exe', '_gnp.exe'],
    ['CON.txt', '_CON.txt'],
    ['...', 'file'],
    ['', 'file'],
    ['end. ', 'end'],
  ])('%j is %j', (given, name) => expect(safeName(given)).toBe(name));

  it('are short in bytes, and keep their ending', () => {
    const name = safeName(`${'🦊'.repeat(200)}.png`);
    expect(name.endsWith('🦊.png')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(Buffer.byteLength(pathOfTopic('字'.repeat(150), id))).toBeLessThan(200);
  });

  it('differ by the id, and a title without words has one', () => {
    expect(pathOfTopic('🦊!', id)).toBe(`topics/topic-${id}.md`);
    expect(pathOfTopic('../Été à Brest?', id)).toBe(`topics/ete-a-brest-${id}.md`);
    expect(pathOfFile('a.png', fileId)).not.toBe(pathOfFile('a.png', id));
  });
});
