/** So many things of a kind: enough to vary, few enough that a thing and the place it is in often come together. */
const MOST = 3;
/** How often the lists are read again with what was found in them: a note is in a session, which is in a cohort. */
const DEPTH = 4;

/** The names in braces of a path of the document. */
const namesIn = (path) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

/** The first values that fit: those of one thing all lie in the same place. */
function filled(path, found) {
  if (namesIn(path).some((name) => !found.has(name))) return null;
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(found.get(name)[0]));
}

/** The ids in a list, whatever the list calls them. */
function idsIn(answer, name) {
  const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
  return items.map((item) => item[name] ?? item.id).filter((id) => typeof id === 'string');
}

/**
 * Reads every list that the document describes, as a person does, and names what is in it by the path of one such thing: what
 * `/api/channels` lists are values of `{channelId}` in `/api/channels/{channelId}`.
 *
 * @param {{paths: Record<string, Record<string, any>>}} document docs/openapi.json
 * @param {(path: string) => Promise<any>} ask the parsed answer, or null where there is none for this person
 * @param {Record<string, string[]>} known values that no list gives
 * @returns {Promise<{ids: Map<string, string[]>, cursors: Map<string, string>}>} values by the name of their parameter; where the second
 *   page of a list begins, by its path
 */
export async function realIds(document, ask, known = {}) {
  const ids = new Map(Object.entries(known));
  const cursors = new Map();
  const lists = Object.keys(document.paths).filter((path) => document.paths[path].get);
  const asked = new Set();
  for (let depth = 0; depth < DEPTH; depth += 1)
    for (const path of lists) {
      const names = namesOfThingsIn(path, document);
      const hasPages = (document.paths[path].get.parameters ?? []).some(({ name }) => name === 'cursor');
      const address = hasPages || names.length > 0 ? filled(path, ids) : null;
      if (!address || asked.has(address)) continue;
      asked.add(address);
      const answer = await ask(address);
      for (const name of names) keep(ids, name, idsIn(answer, name));
      const { nextCursor } = (hasPages && (await ask(`${address}?limit=1`))) || {};
      if (nextCursor) cursors.set(path, nextCursor);
    }
  return { ids, cursors };
}

/** The parameters that name one thing of this list. */
function namesOfThingsIn(path, { paths }) {
  const below = Object.keys(paths).map((other) => (other.startsWith(`${path}/{`) ? other.slice(path.length + 2) : ''));
  return [...new Set(below.filter(Boolean).map((rest) => rest.split('}')[0]))];
}

function keep(found, name, ids) {
  const all = new Set([...(found.get(name) ?? []), ...ids]);
  if (all.size > 0) found.set(name, [...all].slice(0, MOST));
}
