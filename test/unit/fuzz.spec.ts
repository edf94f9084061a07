import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { realIds } from '../../scripts/fuzz/real-ids.mjs';
import { settingsOf } from '../../scripts/fuzz/settings.mjs';

const route = { get: { parameters: [{ in: 'query', name: 'cursor' }] } };
const document = {
  paths: {
    '/api/rooms': route,
    '/api/rooms/{roomId}': { get: {} },
    '/api/rooms/{roomId}/notes': { get: {} },
    '/api/rooms/{roomId}/notes/{noteId}': { patch: {} },
    '/api/secrets': { get: {} },
    '/api/secrets/{secretId}': { get: {} },
  },
};

describe('ids of real things for the fuzzer', () => {
  const answers: Record<string, unknown> = {
    '/api/rooms': { items: [{ id: 'r1' }, { id: 'r2' }, { id: 'r3' }, { id: 'r4' }], nextCursor: null },
    '/api/rooms?limit=1': { items: [{ id: 'r1' }], nextCursor: 'WyJyMSJd' },
    '/api/rooms/r1/notes': [{ noteId: 'n1' }],
  };
  const ask = (path: string) => Promise.resolve(answers[path] ?? null);

  it('given lists, then what they hold goes by the name of the path of one such thing, with the place where the next page begins', async () => {
    const { ids, cursors } = await realIds(document, ask);
    expect(Object.fromEntries(ids)).toEqual({ roomId: ['r1', 'r2', 'r3'], noteId: ['n1'] });
    expect(Object.fromEntries(cursors)).toEqual({ '/api/rooms': 'WyJyMSJd' });
  });

  it('given values that no list names, then they come first', async () => {
    const { ids } = await realIds(document, ask, { roomId: ['r4'] });
    expect(ids.get('roomId')).toEqual(['r4', 'r1', 'r2']);
    expect(ids.has('noteId')).toBe(false);
  });
});

describe('what the fuzzer is told', () => {
  it('given real ids and a login, then both are in it; routes left out exist, and each says why', () => {
    const cursors = new Map([['/api/rooms', 'WyJyMSJd']]);
    const settings = settingsOf({ ids: new Map([['userId', ['u1']]]), cursors, login: '/tmp/login.json' });
    expect(settings).toContain('[dictionaries.userId]\nvalues = ["u1"]');
    expect(settings).toContain('"body.hosts[*]" = { dictionary = "userId"');
    expect(settings).toContain('path = "/tmp/login.json"');
    const kept = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8'),
    ) as typeof document;
    const leftOut = [...settings.matchAll(/# (.+)\n\[\[operations\]\]\ninclude-name = "(\w+) (.+)"\nenabled = false/g)];
    expect(leftOut.length).toBeGreaterThan(0);
    for (const [, why, method = '', path = ''] of leftOut) {
      expect(why?.length).toBeGreaterThan(10);
      expect(Object.keys(kept.paths[path as keyof typeof kept.paths])).toContain(method.toLowerCase());
    }
  });

  it('given nobody, then there is no login in it', () => {
    expect(settingsOf({ ids: new Map(), cursors: new Map(), login: null })).not.toContain('auth.wfc');
  });
});
