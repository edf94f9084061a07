/** What the server answers itself: nothing under these is a page of the web app, however it is written. */
const NOT_PAGES = /^\/(api|files|dev|calendar|socket\.io|admin\/queues|metrics|healthz|readyz|assets)(\/|$)/i;

/** Pages for who has their link: the rest of their path is a secret. */
const UNLISTED =
  /^\/(application|certificates|confirm-address|guest|invitation|jury|place|reset|session|undo-address)\//i;

/** The router decodes an address once, and who wrote it may have encoded it once more. */
const MOST_ENCODED = 2;

/** By this the server says of an answer that it is the page of the web app, the same for every address: nothing else is kept as that. */
export const SHELL_HEADER = 'cordee-shell';

/** Whether an address is one of the web app. */
export const isPage = (path: string): boolean => !NOT_PAGES.test(plainPath(path));

/** Whether no search engine is to list a page: who has its address may see it. */
export const isUnlisted = (path: string): boolean => UNLISTED.test(plainPath(path));

/** A path as it was meant, whatever of it is encoded, with double slashes and dots: `/%61pi//x/../docs` is `/api/docs`. */
export function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of decoded(path).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function decoded(path: string): string {
  let plain = path;
  try {
    for (let time = 0; time < MOST_ENCODED; time += 1) plain = decodeURIComponent(plain);
  } catch {
    // As far as it can be decoded.
  }
  return plain;
}
