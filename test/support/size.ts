/**
 * Some proofs take minutes or hours in full. `npm test` runs them small, `npm run test:long` runs every file that asks here in full
 * (docs/testing.md): the same cases and the same assertions on both.
 */
export const isLong = process.env.TEST_SIZE === 'long';

/** How much of something a test takes: usually, and in full. */
export const sized = <T>(usually: T, inFull: T): T => (isLong ? inFull : usually);
