import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Shorter ones are no proof (RFC 8301, section 3.2). */
const SHORTEST_BITS = 1024;

/** A path to a private RSA key (PEM, as the mail library signs with), read at once: a wrong one stops the start, not the first mail. */
export const keyFile = z
  .string()
  .default('')
  .transform((path, context) => {
    if (path === '') return null;
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message, input: path });
      return z.NEVER;
    };
    let pem: string;
    try {
      pem = readFileSync(path, 'utf8');
    } catch {
      return refuse('cannot be read');
    }
    try {
      const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
      if (asymmetricKeyType !== 'rsa') return refuse('is not a private RSA key');
      return (asymmetricKeyDetails?.modulusLength ?? 0) < SHORTEST_BITS ? refuse('is too short a key') : pem;
    } catch {
      return refuse('is not a private RSA key');
    }
  });

const DKIM = ['MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY_PATH'];

/** All three or none. */
export function dkimContradictions(given: Record<string, string | undefined>): string[] {
  const missing = DKIM.filter((name) => !given[name]);
  if (missing.length === DKIM.length) return [];
  return missing.map((name) => `${name}: is needed with ${DKIM.find((one) => given[one])}`);
}
