import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAYERS, type Plan, all, core, filesOf, ofRooms, roomOf, rooms, shard } from '../suites.mjs';

const tests = join(import.meta.dirname, '..');
const filesIn = (plan: Plan) => LAYERS.flatMap((layer) => plan[layer as keyof Plan]);

it('puts every file of the core into a room', () => {
  for (const file of filesIn(core())) expect(file.split('/').length).toBeGreaterThanOrEqual(3);
});

it('tells of every room of the API in npm test', () => {
  const told = new Set(core().api.map(roomOf));
  const folders = readdirSync(join(tests, 'api'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((room) => !told.has(room))).toEqual([]);
});

it('has every file of every layer in test:all', () => {
  expect(filesIn(all())).toHaveLength(LAYERS.flatMap((layer) => filesOf(layer)).length);
});

it('runs the files of the rooms named, of the API and of the browser', () => {
  const plan = ofRooms(['forums', 'calls']);
  expect(new Set(filesIn(plan).map(roomOf))).toEqual(new Set(['forums', 'calls']));
  expect(plan.api).toEqual(filesOf('api').filter((file) => ['forums', 'calls'].includes(roomOf(file))));
});

it('names the rooms there are when asked for another one, or for none', () => {
  expect(() => ofRooms(['forum'])).toThrow(/^forum\. Rooms with tests: .*\bforums\b/);
  expect(() => ofRooms([])).toThrow(rooms().join(' '));
});

it('cuts everything into four parts: each item in one, and none much longer than another', () => {
  const seconds = (name: string) => 1 + (name.length % 40);
  const parts = [1, 2, 3, 4].map((index) => shard(all(), index, 4, seconds));
  const items = parts.map((part) => [...part.checks, ...filesIn(part)]);
  expect(items.flat().sort()).toEqual([...all().checks, ...filesIn(all())].sort());
  const lengths = items.map((names) => names.reduce((sum, name) => sum + seconds(name), 0));
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(41);
});
