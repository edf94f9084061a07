/**
 * Some proofs take minutes or hours in full. Usually they run small; `TEST_SIZE=long npm run test:all` runs them in full
 * (docs/testing.md): the same cases and the same assertions on both.
 */
export const isLong = process.env.TEST_SIZE === 'long';

/** How much of something a test takes: usually, and in full. */
export const sized = <T>(usually: T, inFull: T): T => (isLong ? inFull : usually);
