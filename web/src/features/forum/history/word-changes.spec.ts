import { wordChanges } from './word-changes';

describe('what changed between two texts', () => {
  it('is said word by word', () => {
    expect(wordChanges('parcel: no answer.', 'parcel: yes after 43 days.')).toEqual([
      { kind: 'same', text: 'parcel: ' },
      { kind: 'removed', text: 'no answer' },
      { kind: 'added', text: 'yes after 43 days' },
      { kind: 'same', text: '.' },
    ]);
    expect(wordChanges('one two', 'one\n\ntwo').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
    expect(wordChanges('same', 'same')).toEqual([{ kind: 'same', text: 'same' }]);
    expect(wordChanges('', 'new')).toEqual([{ kind: 'added', text: 'new' }]);
  });

  it('is said with what stands beside it, without the rest', () => {
    const long = 'word '.repeat(500);
    const pieces = wordChanges(`${long}old ${long}`, `${long}new ${long}`);
    expect(pieces.map(({ kind }) => kind)).toEqual(['gap', 'same', 'removed', 'added', 'same', 'gap']);
    expect(pieces[1]).toMatchObject({ text: expect.stringMatching(/^(word ){30,33}$/) });
    expect(wordChanges(`${long}a ${long}b`, `${long}x ${long}y`).filter(({ kind }) => kind === 'gap')).toHaveLength(2);
  });

  it('is all of both for long texts without anything in common: to compare them word by word would take minutes', () => {
    const words = (letter: string) => Array.from({ length: 40_000 }, (_, index) => `${letter}${index}`).join(' ');
    const [before, after] = [words('a'), words('b')];
    const [removed, added, ...more] = wordChanges(before, after);
    expect([removed?.kind, added?.kind, more]).toEqual(['removed', 'added', []]);
    expect(removed).toEqual({ kind: 'removed', text: before });
    expect(added).toEqual({ kind: 'added', text: after });
  });
});
