import { createHash, randomBytes } from 'node:crypto';

const BYTES = 32;

/** A secret that nobody can guess, in letters that fit into an address and a cookie. */
export const newSecret = () => randomBytes(BYTES).toString('base64url');

/** What is kept of a secret that comes back: whoever reads the database cannot use it. */
export const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');

/** By this one tells whether texts are the same, without keeping them. */
export const digestOf = (...texts: readonly string[]) => hashOf(JSON.stringify(texts));

/** A secret that signs what goes out by a webhook, in the form of Standard Webhooks. */
export const newSigningSecret = () => `whsec_${randomBytes(BYTES).toString('base64')}`;
