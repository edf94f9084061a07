/**
 * The table of domain events in docs/architecture.md, read from the code: `npm run events` renews it, a test compares it.
 * An event is a constant made by `defineEvent` in an `*.events.ts`; its docstring says when; who gives it to `on` of the bus or the outbox listens.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs', 'architecture.md');
const place = /(<!-- events -->\n)[\s\S]*?(<!-- \/events -->)/;

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
  return all
    .filter(({ name }) => basename(name).endsWith('.events'))
    .flatMap(({ text }) =>
      [...text.matchAll(/^export const (\w+) = defineEvent[\s\S]*?\(\s*'([\w.-]+)',?\s*\);$/gm)].map((found) => {
        const [, constant, name] = found;
        const publishing = new RegExp(`(publish|write)\\(\\s*${constant}\\b`);
        return {
          name,
          when: docstringBefore(text, found.index),
          from: namesOf(all.filter(({ body }) => publishing.test(body))),
          listeners: all.flatMap((source) => {
            const ways = listeningOf(source.body).filter(({ event }) => event === constant);
            if (ways.length === 0) return [];
            return [ways.some(({ way }) => way === 'bus') ? source.name : `${source.name} (outbox)`];
          }),
        };
      }),
    );
}

/** The lines of the table. */
export function eventTable() {
  const code = (names) => names.map((name) => `\`${name}\``).join(', ') || '-';
  return [
    '| event | when | published by | who listens |',
    '| --- | --- | --- | --- |',
    ...eventRows().map(
      ({ name, when, from, listeners }) => `| \`${name}\` | ${when} | ${code(from)} | ${code(listeners)} |`,
    ),
  ];
}

/** The lines of the table as the page has them now. */
export function keptTable() {
  return place.exec(readFileSync(page, 'utf8'))?.[0].trim().split('\n').slice(1, -1) ?? [];
}

if (process.argv[1] === import.meta.filename) {
  const text = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    text.replace(place, (_, start, end) => `${start}${eventTable().join('\n')}\n${end}`),
  );
}
