const EVERYBODY = /(^|[\s(])@channel(?![\w-])/;

/** Does a text speak to all who are in its channel, by `@channel`? */
export function namesEverybody(body: string): boolean {
  return EVERYBODY.test(body);
}
