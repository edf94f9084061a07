import type { Registration, RegistrationStatus } from '../../../../../src/contracts/workshops/workshops';
import { found, meant } from './found';

const one = (userId: string, name: string, status: RegistrationStatus = 'going') =>
  ({ userId, person: { id: userId, name, avatarUrl: null }, status }) as Registration;
const people = [
  one('a', 'Inès Carpentier'),
  one('b', 'Karim Haddad', 'attended'),
  one('c', 'Inès de La Tour'),
  one('d', 'Ada Waits', 'waitlisted'),
  one('e', 'Beatrice'),
];

it.each([
  ['', []],
  [' - ', []],
  ['ines', ['a', 'c']],
  ['tour INÈS', ['c']],
  ['had', ['b']],
  ['addad', []],
  ['ada', []],
])('given %j is typed, then those with a place are found by the words of their names', (typed, ids) => {
  expect(found(people, typed).map(({ userId }) => userId)).toEqual(ids);
});

it.each([
  ['karim', { kind: 'one', one: people[1] }],
  ['Inès', { kind: 'many', count: 2 }],
  ['7kq2-9m4x', { kind: 'pass', pass: '7kq2-9m4x' }],
  [' 7KQ2 9M4X ', { kind: 'pass', pass: '7KQ2 9M4X' }],
  ['beatrice', { kind: 'one', one: people[4] }],
  ['7KQ29M4', { kind: 'none' }],
  ['7KQ2/9M4X', { kind: 'none' }],
  ['A'.repeat(38), { kind: 'pass', pass: 'A'.repeat(38) }],
  ['Nobody', { kind: 'none' }],
])('given %j, then it is known who is meant', (typed, expected) => {
  expect(meant(people, typed)).toEqual(expected);
});
