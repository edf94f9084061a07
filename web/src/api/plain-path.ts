/**
 * Whether a path leads where it was written to lead. Ids in paths come from the address of the page, and whoever sends a link writes that: `..%2F..` there would
 * have the page of a signed-in person ask for something else.
 */
export const isPlainPath = (path: string): boolean =>
  /^(\/[^/?#\\]*)+$/.test(path) && path.split('/').every((part) => part !== '.' && part !== '..');
