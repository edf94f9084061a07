import { postTokens, titleTokens, topicTokens } from './forum-tokens.js';

describe('what a topic and a post are found by', () => {
  it.each([
    ['Des événements', ['*', 'even']],
    ['<@0123456789abcdef01234567> ropes', ['*', 'rope']],
    ['![a knot](/files/0123) knot', ['*', 'has:image', 'knot', 'file', 'fil', '0123']],
    [null, ['*']],
  ])('given the post %s', (body, tokens) => expect(postTokens({ body })).toEqual(expect.arrayContaining(tokens)));

  it('given an image that is attached, and the title that it had before its topic was merged, then by these, too', () => {
    const tokens = postTokens({ body: 'See.', heading: 'Ropes', attachments: [{ kind: 'image' }] });
    expect(tokens).toEqual(expect.arrayContaining(['has:image', 'rope', 'see']));
    expect(postTokens({ body: 'See.', attachments: [{ kind: 'file' }] })).not.toContain('has:image');
  });

  it('given a title and tags, then the tags are told from its words', () => {
    expect(titleTokens('Signing keys', ['law'])).toEqual(['*', 'tag:law', 'sign', 'signing', 'kei', 'key']);
  });

  it('given words, then their stems, without those that hold sentences together', () => {
    expect(topicTokens(['the', 'ropes'])).toEqual(expect.arrayContaining(['*', 'rope']));
    expect(topicTokens(['the'])).toEqual(['*']);
  });
});
