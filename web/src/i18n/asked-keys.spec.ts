import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const web = path.join(import.meta.dirname, '..');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' });
const code = files.filter((file) => file.endsWith('.tsx'));

type Words = { [key: string]: string | Words };

/** The words of each namespace: that of a feature has the name of its folder. */
const namespaces = new Map(
  files
    .filter((file) => path.basename(file) === 'en.json')
    .map((file) => [
      path.basename(path.dirname(file)),
      JSON.parse(readFileSync(path.join(web, file), 'utf8')) as Words,
    ]),
);

function isThere(namespace: string, key: string): boolean {
  const words = namespaces.get(namespace);
  const found = key
    .split('.')
    .reduce<string | Words | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), words);
  return typeof found === 'string';
}

/** The keys that a file names outright; none of a file that speaks with several namespaces. */
function askedBy(text: string): [namespace: string, key: string][] {
  const named = new Set([...text.matchAll(/useTranslation\(\[?'([\w-]+)'/g)].map(([, name = '']) => name));
  const [own, ...more] = named;
  if (own === undefined || more.length > 0) return [];
  return [...text.matchAll(/(?<![\w.])t\('([\w.:-]+)'/g)].map(([, key = '']) => {
    const [namespace, rest] = key.split(':');
    return rest === undefined ? [own, key] : [namespace ?? '', rest];
  });
}

it('given a key that a page names, then it has words: else its reader sees the key', () => {
  const asked = code.flatMap((file) =>
    askedBy(readFileSync(path.join(web, file), 'utf8')).map(([namespace, key]) => ({ file, namespace, key })),
  );
  expect(asked.length).toBeGreaterThan(1000);
  expect(asked.filter(({ namespace, key }) => !isThere(namespace, key))).toEqual([]);
});
