import { byRoom, presenceChanges, type Seen } from './presence-changes.js';

const before = (ids: Record<string, number>) =>
  new Map<string, Seen>(Object.entries(ids).map(([id, at]) => [id, { rooms: ['cohort:a'], at }]));
const here = (...ids: string[]) => new Map(ids.map((id) => [id, ['cohort:a']]));

describe('presence', () => {
  it('names who came', () => {
    const changes = presenceChanges(before({ ines: 0 }), here('ines', 'leo'), 1000, 5000);
    expect(changes).toMatchObject({ came: ['leo'], left: [] });
    expect([...changes.next.keys()]).toEqual(['ines', 'leo']);
  });

  it('given who loads the page again within the grace, then nobody left and nobody came', () => {
    const gone = presenceChanges(before({ ines: 0 }), here(), 4999, 5000);
    expect(gone).toMatchObject({ came: [], left: [] });
    expect(presenceChanges(gone.next, here('ines'), 5999, 5000)).toMatchObject({ came: [], left: [] });
  });

  it('given who stays away for the grace, then they left, once', () => {
    const gone = presenceChanges(before({ ines: 0 }), here(), 5000, 5000);
    expect(gone.left).toEqual(['ines']);
    expect(presenceChanges(gone.next, here(), 6000, 5000).left).toEqual([]);
  });

  it('given who hides, then they left at once, without grace, and do not come while they hide', () => {
    const unseen = new Set(['ines', 'leo']);
    const hid = presenceChanges(before({ ines: 999 }), here('ines', 'leo'), 1000, 5000, unseen);
    expect(hid).toMatchObject({ came: [], left: ['ines'] });
    expect(hid.next.size).toBe(0);
    expect(presenceChanges(hid.next, here('ines', 'leo'), 2000, 5000).came).toEqual(['ines', 'leo']);
  });

  it('groups people by where they are seen', () => {
    const rooms = new Map([
      ['ines', ['a', 'b']],
      ['leo', ['b']],
    ]);
    expect(byRoom(['ines', 'leo'], (id) => rooms.get(id) ?? [])).toEqual(
      new Map([
        ['a', ['ines']],
        ['b', ['ines', 'leo']],
      ]),
    );
  });
});
