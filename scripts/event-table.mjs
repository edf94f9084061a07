/**
 * The tables of domain events, of queues and of intervals in docs/events.md, read from the code: `npm run events` renews them, a test compares them.
 * An event is a constant made by `defineEvent` in an `*.events.ts`; its docstring says when; who gives it to `on` of the bus or the outbox listens.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'events.md');
const placeOf = (name) => new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- \\/${name} -->)`);

/** Every source with its comments and imports taken out: what is left names an event only where it is used. */
function sources() {
  const src = join(root, 'src');
  const paths = readdirSync(src, { recursive: true }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'),
  );
  return paths.sort().map((path) => {
    const text = readFileSync(join(src, path), 'utf8');
    const body = text.replace(/^import [^;]*;$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
    return { name: path.replaceAll('\\', '/').replace(/\.ts$/, ''), text, body };
  });
}

/** The docstring that stands right before a constant, on one line. */
function docstringBefore(text, at) {
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, at))?.[1] ?? '';
  return comment
    .replace(/^\s*\*/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The names in a list, and in the lists of the same source that it names. */
function namesIn(list, body) {
  const names = list.match(/\b\w+\b/g) ?? [];
  return names.flatMap((name) => {
    const [, kept] = new RegExp(`const ${name}\\b[^=]*=\\s*(\\[[^\\]]*\\])`).exec(body) ?? [];
    return kept ? [name, ...namesIn(kept, body)] : [name];
  });
}

/** By which of the two a source listens to what: to an event itself, or in a loop over several. */
function listeningOf(body) {
  return [...body.matchAll(/\b(bus|outbox)\s*\.on(?:<[^(]*>)?\(\s*(\w+)/g)].flatMap(({ 1: way, 2: name, index }) => {
    const loops = [...body.slice(0, index).matchAll(new RegExp(`for \\(const ${name} of ([^)]*)\\)`, 'g'))];
    const names = loops.length > 0 ? namesIn(loops.at(-1)[1], body) : [name];
    return names.map((one) => ({ way, event: one }));
  });
}

/**
 * All events of the product, by file and in the order in which they are declared.
 *
 * @returns {{name: string, when: string, from: string[], listeners: string[]}[]}
 */
export function eventRows() {
  const all = sources();
  const namesOf = (found) => found.map(({ name }) => name);
  const listening = all.map(({ name, body }) => ({ name, to: listeningOf(body) })).filter(({ to }) => to.length > 0);
  return all
    .filter(({ name }) => basename(name).endsWith('.events'))
    .flatMap(({ text }) =>
      [...text.matchAll(/^export const (\w+) = defineEvent[\s\S]*?\(\s*'([\w.-]+)',?\s*\);$/gm)].map((found) => {
        const [, constant, name] = found;
        const publishing = new RegExp(`(publish|write|around)\\(\\s*${constant}\\b`);
        return {
          name,
          when: docstringBefore(text, found.index),
          from: namesOf(all.filter(({ body }) => publishing.test(body))),
          listeners: listening.flatMap((source) => {
            const ways = source.to.filter(({ event }) => event === constant);
            if (ways.length === 0) return [];
            return [ways.some(({ way }) => way === 'bus') ? source.name : `${source.name} (outbox)`];
          }),
        };
      }),
    );
}

const code = (names) => names.map((name) => `\`${name}\``).join(', ') || '-';

/** The lines of the table of events. */
export function eventTable() {
  return [
    '| event | when | published by | who listens |',
    '| --- | --- | --- | --- |',
    ...eventRows().map(
      ({ name, when, from, listeners }) => `| \`${name}\` | ${when} | ${code(from)} | ${code(listeners)} |`,
    ),
  ];
}

/** The lines of the table of queues: each lane of `infra/queue/lanes.ts` with its docstring and its kinds of jobs. */
export function queueTable() {
  const all = sources();
  const { text } = all.find(({ name }) => name === 'infra/queue/lanes');
  const kinds = all.flatMap(({ body }) => [...body.matchAll(/\bdefineJob<[\s\S]*?>\(\s*'([\w-]+)',\s*'(\w+)'/g)]);
  return [
    '| queue | what for | jobs | at a time |',
    '| --- | --- | --- | --- |',
    ...[...text.matchAll(/^ {2}(\w+): (\d+),$/gm)].map((found) => {
      const [, lane, most] = found;
      const names = kinds.filter(([, , of]) => of === lane).map(([, name]) => name);
      return `| \`${lane}\` | ${docstringBefore(text, found.index)} | ${code(names)} | ${most} |`;
    }),
  ];
}

const UNITS = { SECOND: 1, MINUTE: 60, HOUR: 3600 };

/** How often, in words, from the constant of a source: `60_000` and `MINUTE` are `1 min`. */
function oftenOf(constant, text) {
  const [, value = ''] = new RegExp(`const ${constant} = ([^;]*);`).exec(text) ?? [];
  const parts = value.split('*').map((part) => part.trim());
  const seconds = parts.reduce((all, part) => all * (UNITS[part] ?? Number(part.replaceAll('_', ''))), 1);
  const isUnit = parts.some((part) => part in UNITS);
  const all = isUnit ? seconds : seconds / 1000;
  return all >= 60 ? `${all / 60} min` : `${all} s`;
}

/** Who has something done by an interval that rooms share, where they do. */
const SHARED = {
  'infra/queue/alarms': /\b(?:alarms|rows)\s*\.watch\(/,
  'infra/queue/ends': /\bends\s*\.of\(/,
  'cohorts/nights/nights': /\bnights\s*\.compare(?:Each|All)\(/,
};

/** The lines of the table of intervals: all that is done again and again, whatever happens. */
export function intervalTable() {
  const all = sources();
  const every = /\bintervals\s*\.every\(\s*(?:[\w.]+ \?\? )?(\w+),\s*(?:'([^']+)'|[\w.]+),/g;
  return [
    '| what | every | where | for whom |',
    '| --- | --- | --- | --- |',
    ...all.flatMap(({ name, text, body }) =>
      [...body.matchAll(every)].map(([, constant, what = 'rows that are due']) => {
        const who = SHARED[name] ? all.filter((one) => one.name !== name && SHARED[name].test(one.body)) : [];
        return `| ${what} | ${oftenOf(constant, text)} | \`${name}\` | ${code(who.map((one) => one.name))} |`;
      }),
    ),
  ];
}

/** The lines of a table as the page has them now: `events`, `queues` or `intervals`. */
export function keptTable(name) {
  return placeOf(name).exec(readFileSync(page, 'utf8'))?.[0].trim().split('\n').slice(1, -1) ?? [];
}

if (process.argv[1] === import.meta.filename) {
  const tables = { events: eventTable(), queues: queueTable(), intervals: intervalTable() };
  let text = readFileSync(page, 'utf8');
  for (const [name, lines] of Object.entries(tables))
    text = text.replace(placeOf(name), (_, start, end) => `${start}${lines.join('\n')}\n${end}`);
  writeFileSync(page, text);
}
