import { Problem } from '../../api/problem';
import { invitedKey } from '../../ui/forms/chosen';
import { atPickers, teamOf } from './team';

const team = {
  fellowIds: ['ana', invitedKey('bo')],
  hostIds: [invitedKey('cy'), 'di', invitedKey('ed')],
  coachIds: [invitedKey('flo')],
};
const fieldsOf = (fields: string[], of = team) =>
  atPickers(
    new Problem(
      422,
      'invalid',
      fields.map((field) => ({ field, code: 'x' })),
    ),
    of,
  ).errors.map(({ field }) => field);

it('given members and invited ones, then each goes where the server asks for them', () => {
  expect(teamOf(team)).toEqual({
    ...{ fellowIds: ['ana'], hostIds: ['di'], coachId: null },
    invitedIds: ['bo', 'cy', 'ed', 'flo'],
  });
});

it('given somebody invited is refused, then the picker says so in which they were chosen', () => {
  expect(fieldsOf(['/invitedIds/0', '/invitedIds/1', '/invitedIds/2', '/invitedIds/3'])).toEqual([
    '/fellowIds',
    '/hostIds',
    '/hostIds',
    '/coachIds',
  ]);
});

it('given members, too many, or another field, then it is said at the field', () => {
  expect(fieldsOf(['/hostIds/0', '/coachId', '/name', '/invitedIds'])).toEqual([
    '/hostIds',
    '/coachIds',
    '/name',
    '/hostIds',
  ]);
  const seven = { ...team, fellowIds: Array<string>(7).fill('ana') };
  expect(fieldsOf(['/invitedIds'], seven)).toEqual(['/fellowIds']);
});
