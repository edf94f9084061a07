import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { eventRows, eventTable, intervalTable, keptTable, queueTable } from '../../scripts/event-table.mjs';

/** docs/architecture.md and docs/events.md say what the code does. */
const root = join(import.meta.dirname, '..', '..');
/** What is new comes by the outbox, is a row that is due, ends with the rest, or is compared at night. */
const MOST_INTERVALS = 8;
const page = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');

describe('the event table', () => {
  test('given the events in the code, then the table is theirs (else run `npm run events`)', () => {
    expect(keptTable('events')).toEqual(eventTable());
  });

  test('given each event, then it is named once, told when it happens, and published by somebody', () => {
    const rows = eventRows();
    expect(rows.length).toBeGreaterThan(25);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { name, when, from } of rows) {
      expect(name).toMatch(/^[a-z-]+\.[a-z]*(ed|left|sent|read)$/);
      expect([name, when]).toEqual([name, expect.stringMatching(/^[A-Z`].*\.$/)]);
      expect([name, from]).not.toEqual([name, []]);
    }
  });
});

describe('the table of queues', () => {
  test('given the lanes and the jobs in the code, then the table is theirs (else run `npm run events`); they are few', () => {
    expect(keptTable('queues')).toEqual(queueTable());
    const rows = queueTable().slice(2);
    expect(rows.length).toBeLessThanOrEqual(8);
    expect(rows.filter((row) => row.includes('| - |') || row.includes('|  |'))).toEqual([]);
    const defined = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('job-queues.ts'))
      .flatMap((path) => readFileSync(join(root, 'src', path), 'utf8').match(/\bdefineJob</g) ?? []);
    expect(rows.flatMap((row) => row.split(' | ')[2]!.split(', '))).toHaveLength(defined.length);
  });
});

describe('the table of intervals', () => {
  test('given what is done again and again, then the table is theirs (else run `npm run events`); they are few', () => {
    expect(keptTable('intervals')).toEqual(intervalTable());
    const rows = intervalTable().slice(2);
    expect(rows.length).toBeLessThanOrEqual(MOST_INTERVALS);
    expect(rows.filter((row) => row.includes('NaN') || row.includes('| 0 '))).toEqual([]);
    const calls = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => readFileSync(join(root, 'src', path), 'utf8').match(/\bintervals\s*\.every\(/g) ?? []);
    expect(rows).toHaveLength(calls.length);
  });
});

describe('the tree', () => {
  const tree = /```\nsrc\/\n([\s\S]*?)```/.exec(page)?.[1] ?? '';

  test('given each folder below src, then the tree names it, and names no other', () => {
    const folders = readdirSync(join(root, 'src')).filter((name) => statSync(join(root, 'src', name)).isDirectory());
    const lines = tree.split('\n').filter((line) => line.startsWith('  '));
    const named = lines.flatMap((line) =>
      [...line.matchAll(/(?<=^ {2}|\s{2})([a-z]+)\/(?=\s|$)/g)].map(([, name]) => name),
    );
    expect(named.sort()).toEqual(folders.sort());
  });

  test('given each folder below src/infra, then the tree names it', () => {
    const infra = tree.split('\n').find((line) => line.includes('infra/')) ?? '';
    const folders = readdirSync(join(root, 'src', 'infra')).map((name) => `${name}/`);
    expect(folders.filter((name) => !infra.includes(name))).toEqual([]);
  });
});

test('given the order of the rooms in the lint rules, then the graph says the same', async () => {
  const { rows } = (await import('../../scripts/rooms.mjs')) as unknown as { rows: string[][] };
  const graph = /```\n(contracts <-[\s\S]*?)```/.exec(page)?.[1] ?? '';
  const said = graph
    .replace(/\s+/g, ' ')
    .trim()
    .split(' <- ')
    .map((row) => row.split(/ \| |, /));
  const built = rows.map((row) => row.filter((room) => existsSync(join(root, 'src', room))));
  expect(said).toEqual([...built, ['app.module']]);
});
