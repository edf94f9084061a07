import { titleTokens, topicTokens } from '../../common/texts/forum/forum-tokens.js';
import { foldedWords } from '../../common/texts/fold.js';
import { likeness, meaningsOf } from './likeness.js';

const topic = (title: string, tags: string[] = [], body = '') => ({
  tokens: topicTokens(foldedWords([title, ...tags, body])),
  titleTokens: titleTokens(title, tags),
});
const LAW = { tag: 'law', words: ['droit', 'licence', 'legal advice'] };
const like = (typed: string, other: ReturnType<typeof topic>, tags = [LAW]) => likeness(other, meaningsOf(typed, tags));

describe('how alike a topic is to a title that is typed', () => {
  it.each([
    ['another form of a word', 'Publishing datasets', topic('Publish a dataset'), 6],
    ['a word of the question', 'Publishing datasets', topic('A question', [], 'About a dataset'), 1],
    ['an acronym', 'GPG?', topic('GPG keys'), 3],
    ['a short word that is none', 'how is it', topic('How is it done'), 0],
    ['nothing shared', 'Lunch', topic('Publish a dataset'), 0],
    ['another word for a tag', 'Which licence?', topic('Who owns it?', ['law']), 2],
    ['the tag, for another word in the title', 'A point of law', topic('Un peu de droit'), 3],
    ['another word of several', 'Some legal advice', topic('Who owns it?', ['law']), 2],
    ['a part of a word of several', 'Some advice', topic('Who owns it?', ['law']), 0],
  ])('%s', (_name, typed, other, score) => expect(like(typed, other)).toBe(score));

  it('takes so many meanings at most', () => {
    const words = Array.from({ length: 40 }, (_, at) => `wordnumber${at}`).join(' ');
    expect(meaningsOf(words, [])).toHaveLength(10);
  });
});
