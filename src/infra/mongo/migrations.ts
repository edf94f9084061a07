import type { Connection } from 'mongoose';

/** A change of data that a new version needs, done once. Indexes need none: they come from the schemas. */
export interface Migration {
  /** Sorts by age: `2026-12-01-what-it-does`. */
  name: string;
  up: (connection: Connection) => Promise<void>;
}

/** Oldest first. Empty: the first version of the data is the current one. */
export const migrations: readonly Migration[] = [];
