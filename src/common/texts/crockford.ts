/** Crockford's base 32: nobody takes one of its signs for another, and there is no U to make words with. */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** One sign a byte, each as likely as any other. */
export const crockfordOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => CROCKFORD[byte % 32]).join('');

/** What was typed, as such signs: without spaces and hyphens, in capitals, what looks like a sign as that sign. What can be none of them stays. */
export const typedCrockford = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
