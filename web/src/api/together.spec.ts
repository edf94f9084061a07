import { api } from './http';
import { comesWith, dropComing } from './together';
import { dropToken, keepToken } from './token';

const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  dropComing();
  jest.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    asked.push(url as string);
    return Promise.resolve(Response.json({ from: url }));
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

it('given a part is on its way, then whoever asks for it waits for it, and the next one asks', async () => {
  let answer: (whole: { list: number[] }) => void = () => undefined;
  comesWith(new Promise<{ list: number[] }>((resolve) => (answer = resolve)), {
    '/api/list?limit=2': ({ list }) => list,
  });
  const part = api.get('/list', { query: { limit: 2, cursor: undefined } });
  answer({ list: [1, 2] });
  expect(await part).toEqual([1, 2]);
  expect(asked).toEqual([]);
  await api.get('/list', { query: { limit: 2 } });
  expect(asked).toEqual(['/api/list?limit=2']);
});

it('given the whole fails, or has no such part, then each asks for itself', async () => {
  comesWith(Promise.reject(new Error('no')), { '/api/a': (all) => all });
  comesWith(Promise.resolve({}), { '/api/b': () => undefined });
  expect(await api.get('/a')).toEqual({ from: '/api/a' });
  expect(await api.get('/b')).toEqual({ from: '/api/b' });
});

it('given a part that nobody took for half a minute, then it is too old', async () => {
  comesWith(Promise.resolve({ old: true }), { '/api/a': (all) => all });
  await new Promise((come) => setImmediate(come));
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 31_000);
  expect(await api.get('/a')).toEqual({ from: '/api/a' });
});

it.each([
  ['something was written since', () => api.post('/c')],
  [
    'something was heard since',
    () => {
      dropComing();
      return Promise.resolve();
    },
  ],
  [
    'somebody else is here now',
    () => {
      keepToken({ accessToken: 'x', expiresAt: new Date(Date.now() + 600_000).toISOString() });
      dropToken();
      return Promise.resolve();
    },
  ],
])('given %s, then nobody takes what was asked for before', async (_, act) => {
  comesWith(Promise.resolve({ old: true }), { '/api/a': (all) => all });
  await act();
  expect(await api.get('/a')).toEqual({ from: '/api/a' });
});
