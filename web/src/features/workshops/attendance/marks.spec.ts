import type { Registration } from '../../../../../src/contracts/workshops/workshops';
import { type Waiting, isWaiting, shownAs, without, withWaiting } from './marks';

const mark = (userId: string, status: 'attended' | 'absent', at: string): Waiting => ({
  ...{ kind: 'mark', myId: 'me', cohortId: 'c', workshopId: 'w', userId, status, at },
});
const guest = (key: string): Waiting => ({
  ...{ kind: 'guest', myId: 'me', cohortId: 'c', workshopId: 'w', key, name: 'Ada', at: '2' },
});

describe('marks that wait for the network', () => {
  it('given two of one person, then the later one waits alone', () => {
    const waiting = withWaiting([mark('a', 'attended', '1'), mark('b', 'absent', '1')], mark('a', 'absent', '2'));
    expect(waiting).toEqual([mark('b', 'absent', '1'), mark('a', 'absent', '2')]);
  });

  it('given a later one was made while an older one was sent, then the later one waits on', () => {
    const later = mark('a', 'absent', '2');
    expect(without([later, guest('k')], [mark('a', 'attended', '1'), guest('k')])).toEqual([later]);
  });

  it('given the list of the server, then it shows what I said', () => {
    const items = [
      { userId: 'a', status: 'going' },
      { userId: 'b', status: 'going' },
    ] as Registration[];
    expect(shownAs(items, [mark('a', 'attended', '1')])).toMatchObject([
      { userId: 'a', status: 'attended', isWaiting: true },
      { userId: 'b', status: 'going', isWaiting: false },
    ]);
  });

  it('given ours and something else is stored, then only what is ours is taken', () => {
    expect([guest('k'), { a: 1 }, null, 'x'].map(isWaiting)).toEqual([true, false, false, false]);
  });
});
