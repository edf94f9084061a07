import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** A connection as the driver keeps it; of one that is closed `error` says why. */
export interface DriverConnection extends EventEmitter {
  closed: boolean;
  error: Error | null;
  writeCommand: (...args: unknown[]) => Promise<void>;
}

const ofMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));

/** The driver's class of connections, the one that mongoose uses. */
export const driverConnections = () =>
  (ofMongoose('mongodb/lib/cmap/connection.js') as { Connection: { prototype: DriverConnection } }).Connection;

let isDone = false;

/**
 * Lets a command fail when its connection closes before it is written. The driver (7.8) makes the bytes of a command in a turn of their own; of a socket that was closed
 * meanwhile it waits for room that never comes, and whoever asked waits for ever: after a restart of the database one such question stopped all that went the same way.
 * The error is the one by which the driver tries again. To be deleted with the driver that does so itself (closed-connections.sandbox.spec.ts says when).
 */
export function endCommandsOfClosedConnections(): void {
  if (isDone) return;
  isDone = true;
  const { prototype } = driverConnections();
  const { writeCommand } = prototype;
  prototype.writeCommand = async function (this: DriverConnection, ...args) {
    let onClose = () => {};
    const closed = new Promise<never>((_, reject) => {
      onClose = () => reject(this.error ?? new Error('the connection closed'));
    });
    this.once('close', onClose);
    try {
      await Promise.race([writeCommand.apply(this, args), closed]);
    } finally {
      this.off('close', onClose);
    }
  };
}
