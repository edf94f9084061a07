/** Several lines as one, for a sentence and the subject of a mail: a line that ends with its own mark needs no other. Pure. */
export const oneLine = (text: string): string =>
  text.replace(/(\S?)\s*\n\s*/g, (_, last: string) => (/[.,;:!?…]/.test(last) ? `${last} ` : `${last} · `));
