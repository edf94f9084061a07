import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import { againWhenDoubled } from './errors.js';

interface SecretRow {
  _id: string;
  secret: string;
}

const which = { _id: 'signing' };

/**
 * The signing secret of an installation that was given none: random, made once, and shared by all its processes through the
 * database, so that a restart signs nobody out.
 */
export async function keptSecret(uri: string): Promise<string> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
  try {
    const secrets = connection.collection<SecretRow>('secrets');
    const made = { secret: randomBytes(48).toString('base64url') };
    await againWhenDoubled(() => secrets.updateOne(which, { $setOnInsert: made }, { upsert: true }));
    const kept = await secrets.findOne(which);
    if (!kept) throw new Error('the signing secret is not in the database');
    return kept.secret;
  } finally {
    await connection.close();
  }
}
