/**
 * Whether a path leads where it was written to lead. Ids in paths come from the address of the page, and whoever sends a link writes that: `..%2F..` there would
 * have the page of a signed-in person ask for something else. A browser takes `%2e` for a dot there, leaves out tabs and line breaks wherever they stand, and spaces at the end (URL of the WHATWG).
 */
export const isPlainPath = (path: string): boolean =>
  /^(\/[^/?#\\\p{Cc}]*)+$/u.test(path) && path.split('/').every((part) => !/^(\.|%2e){1,2} *$/i.test(part));
