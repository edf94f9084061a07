import { randomInt } from 'node:crypto';

/** Crockford's base 32: nobody takes one of its signs for another, and there is no U to make words with. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;
const GROUP = 4;

/** A new code of a certificate, as it is kept: 16 signs, 80 bits from the source for secrets. */
export const newCertificateCode = (): string =>
  Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('');

/** As it is read and typed: `7KQ2-9M4X-B0TD-W5HA`. */
export const writtenCode = (code: string): string => code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? code;

/** The code as it is kept, however it was typed; null for what can be none. */
export function typedCertificateCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replaceAll('O', '0');
  return code.length === LENGTH && Array.from(code).every((sign) => SIGNS.includes(sign)) ? code : null;
}
