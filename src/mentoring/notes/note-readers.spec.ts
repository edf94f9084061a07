import fc from 'fast-check';
import type { NoteAudience } from '../../contracts/mentoring/mentoring.js';
import { type Circle, narrowed, readersOf } from './note-readers.js';

const circle: Circle = {
  authorId: 'coach',
  coachIds: ['coach'],
  participantIds: ['ines'],
  teamIds: ['ines', 'tomasz'],
  staffIds: ['nora', 'paul'],
};
const AUDIENCES: NoteAudience[] = ['me', 'participants', 'team_and_coach', 'staff'];

describe('the readers of a note', () => {
  it.each<[NoteAudience, string[]]>([
    ['me', ['coach']],
    ['participants', ['coach', 'ines']],
    ['team_and_coach', ['coach', 'ines', 'tomasz']],
    ['staff', ['coach', 'nora', 'paul']],
  ])('given %s, then they are %j', (audience, readers) => {
    expect(readersOf(audience, circle)).toEqual(readers);
  });

  it('given a fellow who writes for staff, then the coach does not read it', () => {
    expect(readersOf('staff', { ...circle, authorId: 'ines' })).toEqual(['ines', 'nora', 'paul']);
  });

  it.each<[NoteAudience, NoteAudience, string[] | null]>([
    ['team_and_coach', 'participants', ['coach', 'ines']],
    ['team_and_coach', 'me', ['coach']],
    ['staff', 'me', ['coach']],
    ['participants', 'team_and_coach', null],
    ['participants', 'staff', null],
    ['staff', 'participants', null],
    ['me', 'participants', null],
  ])('given %s changed to %s, then they are %j', (from, to, readers) => {
    expect(narrowed({ audience: from, readers: readersOf(from, circle) }, to, circle)).toEqual(readers);
  });

  it('given any changes of audience and of people, then readers only ever become fewer', () => {
    const person = fc.constantFrom('coach', 'ines', 'tomasz', 'nora', 'paul', 'karim', 'priya');
    const circles = fc.record({
      authorId: fc.constant('coach'),
      coachIds: fc.constant(['coach']),
      participantIds: fc.array(person),
      teamIds: fc.array(person),
      staffIds: fc.array(person),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...AUDIENCES),
        circles,
        fc.array(fc.tuple(fc.constantFrom(...AUDIENCES), circles), { maxLength: 5 }),
        (first, at, changes) => {
          let note = { audience: first, readers: readersOf(first, at) };
          for (const [to, then] of changes) {
            const readers = narrowed(note, to, then);
            if (!readers) continue;
            expect(note.readers).toEqual(expect.arrayContaining(readers));
            expect(readers).toContain('coach');
            note = { audience: to, readers };
          }
        },
      ),
    );
  });
});
