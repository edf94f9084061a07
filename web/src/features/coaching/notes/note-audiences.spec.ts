import type { NoteAudience } from '../../../../../src/contracts/mentoring/mentoring';
import { narrowed } from './note-audiences';

const people = (...ids: string[]) => ids.map((id) => ({ id, name: id, avatarUrl: null }));
const audiences = [
  { audience: 'me' as const, readers: people('coach') },
  { audience: 'participants' as const, readers: people('coach', 'ines') },
  { audience: 'team_and_coach' as const, readers: people('coach', 'ines', 'tomasz') },
  { audience: 'staff' as const, readers: people('coach', 'aurore') },
];

describe('the audience a note may be given', () => {
  it.each<[NoteAudience, string[], NoteAudience[]]>([
    ['me', ['coach'], ['me']],
    ['participants', ['coach', 'ines'], ['participants', 'me']],
    ['team_and_coach', ['coach', 'ines', 'tomasz'], ['team_and_coach', 'me', 'participants']],
    ['staff', ['coach', 'aurore'], ['staff', 'me']],
  ])('given one for %s, then that, or one with fewer readers', (audience, readers, expected) => {
    const may = narrowed({ audience, readers: people(...readers) }, audiences);
    expect(may.map((one) => one.audience)).toEqual(expected);
  });

  it('given a fellow without a team, then a wider audience is not offered though it has the same readers', () => {
    const alone = audiences.map((one) =>
      one.audience === 'team_and_coach' ? { ...one, readers: people('coach', 'ines') } : one,
    );
    const may = narrowed({ audience: 'participants', readers: people('coach', 'ines') }, alone);
    expect(may.map((one) => one.audience)).toEqual(['participants', 'me']);
  });

  it('given a narrower audience that somebody is of since, then it is offered with those who read the note already', () => {
    const may = narrowed({ audience: 'team_and_coach', readers: people('coach', 'tomasz') }, audiences);
    expect(may.map(({ audience, readers }) => [audience, readers.map(({ id }) => id)])).toEqual([
      ['team_and_coach', ['coach', 'tomasz']],
      ['me', ['coach']],
      ['participants', ['coach']],
    ]);
  });

  it('given somebody who joined the team since, then the readers shown are those it was saved for', () => {
    const [first] = narrowed({ audience: 'team_and_coach', readers: people('coach', 'ines') }, audiences);
    expect(first?.readers.map((reader) => reader.id)).toEqual(['coach', 'ines']);
  });
});
