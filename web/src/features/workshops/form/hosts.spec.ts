import { Problem } from '../../../api/problem';
import { invitedKey } from '../../../ui/forms/chosen';
import { atHosts, hostKeysOf, hostsOf, hostsShown } from './hosts';

const invitedHosts = [{ invitationId: 'bo', name: 'Bo', isSent: true }];

it('given hosts and invited ones, then one picker holds both, and each goes where the server asks for it', () => {
  const chosen = hostKeysOf({ hosts: ['ana'], invitedHosts });
  expect(chosen).toEqual(['ana', invitedKey('bo')]);
  expect(hostsOf(chosen)).toEqual({ hosts: ['ana'], invitedHosts: ['bo'] });
  expect(hostsShown({ people: [], invitedHosts })).toEqual([{ id: invitedKey('bo'), name: 'Bo' }]);
});

it('given one of them is refused, then it is said at the picker; every other problem stays as it is', () => {
  const fields = ['/hosts/0', '/invitedHosts/1', '/invitedHosts', '/title'];
  const refused = atHosts(
    new Problem(
      422,
      'invalid',
      fields.map((field) => ({ field, code: 'x' })),
    ),
  ) as Problem;
  expect(refused.errors.map(({ field }) => field)).toEqual(['/hosts', '/hosts', '/hosts', '/title']);
  const other = new Error('no line');
  expect(atHosts(other)).toBe(other);
});
