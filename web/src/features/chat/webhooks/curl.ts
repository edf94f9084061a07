/** A line for a terminal that writes "Hello" by the address of a webhook; undefined for one that goes out. */
export const tryIncoming = ({ direction, secret }: { direction: 'in' | 'out'; secret: string }): string | undefined =>
  direction === 'in' ? `curl --json '{"text": "Hello"}' ${secret}` : undefined;
