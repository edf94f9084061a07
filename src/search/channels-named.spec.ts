import type { FoundChannel } from '../contracts/search.js';
import { channelsNamed } from './channels-named.js';

const channel = (id: string, name: string, people: string[] = []): FoundChannel => ({
  id: id.repeat(24),
  kind: people.length > 0 ? 'direct' : 'team',
  name,
  nameKey: null,
  people: people.map((one) => ({ id: one, name: one, avatarUrl: null })),
});
const all = [
  channel('a', 'team-permis'),
  channel('b', 'team-permis-clair'),
  channel('c', '', ['Élodie Martin']),
  channel('d', '', ['Élodie Martin', 'Paul']),
];
const named = (value: string) => channelsNamed(all, value).map(({ id }) => id[0]);

describe('the channels that are meant', () => {
  it.each([
    ['a whole name', '#team-permis', ['a']],
    ['a beginning', 'clai', ['b']],
    ['a beginning of several', 'team', ['a', 'b']],
    ['a person', '@elodie', ['c', 'd']],
    ['an id', 'B'.repeat(24), ['b']],
    ['nothing of mine', 'staff', []],
    ['no word', '#', []],
  ])('given %s', (_name, value, ids) => expect(named(value)).toEqual(ids));
});
