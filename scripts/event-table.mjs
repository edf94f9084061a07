/**
 * The table of domain events in docs/architecture.md, read from the code: `npm run events` renews it, a test compares it.
 * An event is a constant made by `defineEvent` in an `*.events.ts`; its docstring says when; who names it beside the bus listens.
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

/**
 * All events of the product, by file and in the order in which they are declared.
 *
 * @returns {{name: string, when: string, from: string[], listeners: string[]}[]}
 */
export function eventRows() {
  const all = sources();
  const namesOf = (found) => found.map(({ name }) => name);
  const listening = all.filter(({ body }) => /bus\.on|outbox\.on/.test(body));
  const listeners = (found) => found.map(({ name, body }) => (body.includes('outbox.on') ? `${name} (outbox)` : name));
  return all
    .filter(({ name }) => basename(name).endsWith('.events'))
    .flatMap(({ text }) =>
      [...text.matchAll(/^export const (\w+) = defineEvent[\s\S]*?\(\s*'([\w.-]+)',?\s*\);$/gm)].map((found) => {
        const [, constant, name] = found;
        const publishing = new RegExp(`(publish|write)\\(\\s*${constant}\\b`);
        const naming = new RegExp(`(?<!(publish|write)\\(\\s*)\\b${constant}\\b`);
        return {
          name,
          when: docstringBefore(text, found.index),
          from: namesOf(all.filter(({ body }) => publishing.test(body))),
          listeners: listeners(listening.filter(({ body }) => naming.test(body))),
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
