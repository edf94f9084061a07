import { titleTokens, topicTokens } from '../../common/texts/forum/forum-tokens.js';
import { foldedWords } from '../../common/texts/fold.js';
import { questionIn, resembles, subjectOf } from './answered-rule.js';
import { meaningsOf } from './likeness.js';

describe('what looks like a question', () => {
  it.each([
    ['Which font do we use for letters?', 'Which font do we use for letters?'],
    ['Quelle police pour les lettres ?', 'Quelle police pour les lettres ?'],
    ['Hi all. **Which font for letters?** Thanks!', 'Hi all. **Which font for letters?** Thanks!'],
    ['<@0123456789abcdef01234567> which font for letters?', 'which font for letters?'],
  ])('%s', (body, asked) => expect(questionIn(body)).toBe(asked));

  it.each([
    'We use Marianne for letters.',
    'Really?',
    'and you?',
    '> Which font do we use for letters?\n\nMarianne.',
    'It is `a ? b : c` in the code here',
    '```\nwho knows what this is?\n```\nsee there and tell me',
    'Look at https://example.org/which?font=marianne please',
    '',
  ])('not %j', (body) => expect(questionIn(body)).toBeNull());

  it('reads no more than of a title', () => {
    expect(questionIn(`Why so long? ${'word '.repeat(2000)}`)).toHaveLength(300);
  });

  it('given two million marks without an end, then it is read: in time that grows with their square it would take an hour', () => {
    expect(questionIn('<@'.repeat(2_000_000))).toBeNull();
  });
});

describe('what resembles a question', () => {
  const topic = (title: string, tags: string[] = [], body = '') => ({
    tokens: topicTokens(foldedWords([title, ...tags, body])),
    titleTokens: titleTokens(title, tags),
  });
  it.each<[string, string, ReturnType<typeof topic>, boolean]>([
    ['the same words', 'Which font for letters?', topic('Which font is for letters'), true],
    ['other forms of them', 'Publishing open datasets?', topic('How to publish an open dataset'), true],
    ['one word of two', 'Which font for posters?', topic('Which font for letters'), false],
    ['one in the title, one in the question', 'Which font for letters?', topic('A font', [], 'In letters'), true],
    [
      'all in the question, none in the title',
      'Which font for letters?',
      topic('Help', [], 'A font for letters'),
      false,
    ],
    [
      'two of very many',
      'Where can the visitors of the museum park bicycles near letters font?',
      topic('Letters font'),
      false,
    ],
    ['only words that ask', 'Which one should we know?', topic('Which one should I know'), false],
    ['nothing', 'Which font for letters?', topic('Lunch on Friday'), false],
  ])('%s', (_, asked, one, expected) => {
    expect(resembles(one, meaningsOf(subjectOf(asked), []))).toBe(expected);
  });
});
