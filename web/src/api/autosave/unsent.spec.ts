import { countUnsent, forgetUnsent, unsentList } from './unsent';

const store = new Map<string, string>();
let isFull = false;
const browser = globalThis as { localStorage?: unknown; window?: unknown };
const page = new EventTarget();
beforeAll(() => {
  browser.window = page;
  browser.localStorage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (isFull) throw new Error('full');
      store.set(key, text);
    },
    removeItem: (key: string) => void store.delete(key),
  };
});
afterAll(() => {
  delete browser.window;
});
beforeEach(() => {
  isFull = false;
  store.clear();
  store.set(
    'cordee-outbox',
    JSON.stringify([
      { senderId: 'ines', body: 'Mine' },
      { senderId: 'leo', body: 'His' },
    ]),
  );
  store.set('cordee-marks', JSON.stringify([{ myId: 'ines', userId: 'leo', status: 'absent' }]));
});

interface Said {
  senderId: string;
  body: string;
}
const said = (body: string): Said => ({ senderId: 'ines', body });
const isSaid = (one: unknown): one is Said => typeof one === 'object' && one !== null && 'body' in one;
/** Each has its own memory. */
const aTab = () => unsentList('cordee-outbox', isSaid, ({ body }) => body);
const bodies = (list: { get: () => readonly Said[] }) => list.get().map(({ body }) => body);

describe('what waits in a browser to be sent', () => {
  it('given messages and marks of two people, then each counts their own, and who signs out leaves nothing of theirs', () => {
    expect([countUnsent('ines'), countUnsent('leo'), countUnsent('zoe')]).toEqual([2, 1, 0]);
    const { list, change } = aTab();
    forgetUnsent('ines');
    expect([countUnsent('ines'), countUnsent('leo'), bodies(list)]).toEqual([0, 1, ['His']]);
    change((all) => all);
    expect(JSON.stringify([...store])).not.toMatch(/Mine|absent/);
  });

  it('given what is no list of ours, then it counts for nothing and is left', () => {
    store.set('cordee-outbox', '{"x":1}');
    store.set('cordee-marks', 'not JSON');
    expect(countUnsent('ines')).toBe(0);
    forgetUnsent('ines');
    expect(store.get('cordee-marks')).toBe('not JSON');
  });

  it('given two tabs, then what one keeps takes nothing from the other, and each shows both', () => {
    const [one, other] = [aTab(), aTab()];
    one.change((all) => [...all, said('From one')]);
    other.change((all) => [...all, said('From the other')]);
    const kept = ['Mine', 'His', 'From one', 'From the other'];
    expect(bodies(aTab().list)).toEqual(kept);
    page.dispatchEvent(Object.assign(new Event('storage'), { key: 'cordee-outbox' }));
    expect([bodies(one.list), bodies(other.list)]).toEqual([kept, kept]);
    one.change((all) => all.filter(({ body }) => body !== 'From the other'));
    other.change((all) => all);
    expect(bodies(other.list)).toEqual(['Mine', 'His', 'From one']);
  });

  it('given a store that is full, then what it did not take waits in this tab, and is kept once there is room', () => {
    const tab = aTab();
    isFull = true;
    for (const body of ['One', 'Two']) tab.change((all) => [...all, said(body)]);
    expect([bodies(tab.list), bodies(aTab().list)]).toEqual([
      ['Mine', 'His', 'One', 'Two'],
      ['Mine', 'His'],
    ]);
    isFull = false;
    tab.change((all) => all.filter(({ body }) => body !== 'One'));
    expect(bodies(aTab().list)).toEqual(['Mine', 'His', 'Two']);
  });
});
