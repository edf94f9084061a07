import { Algorithm, hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters of OWASP's Password Storage Cheat Sheet (19 MiB, 2 passes). */
const options = { algorithm: Algorithm.Argon2id as number, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash that is stored. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password.normalize('NFKC'), options);
}

/** Made once at the start: the first unknown address must not take longer than the next ones. */
const nobody = hashPassword('nobody has this password');

/** Whether the password fits. Without a hash (an unknown person) it takes as long and says no. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await nobody), password.normalize('NFKC'));
  return fits && stored !== null;
}
