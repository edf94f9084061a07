import { randomBytes } from 'node:crypto';
import { CROCKFORD, crockfordOf, typedCrockford } from '../../common/texts/crockford.js';

const LENGTH = 16;
const GROUP = 4;

/** A new code of a certificate, as it is kept: 16 signs, 80 bits from the source for secrets. */
export const newCertificateCode = (): string => crockfordOf(randomBytes(LENGTH));

/** As it is read and typed: `7KQ2-9M4X-B0TD-W5HA`. */
export const writtenCode = (code: string): string => code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? code;

/** The code as it is kept, however it was typed; null for what can be none. */
export function typedCertificateCode(typed: string): string | null {
  const code = typedCrockford(typed);
  return code.length === LENGTH && Array.from(code).every((sign) => CROCKFORD.includes(sign)) ? code : null;
}
