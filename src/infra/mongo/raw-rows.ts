import type { Hash } from 'node:crypto';
import { mongo } from 'mongoose';

/**
 * Rows as the bytes in which they came. Most looks only ask whether rows are as they were, for which their bytes serve; who needs what is
 * in them reads them after all.
 */
export class RawRows<Row> {
  private decoded: Row[] | null = null;

  constructor(private readonly parts: readonly Uint8Array[]) {}

  /** Makes them part of a hash: another row, field or order gives another one. */
  addTo(hash: Hash): void {
    for (const part of this.parts) hash.update(part);
    hash.update(`|${this.parts.length}|`);
  }

  get rows(): readonly Row[] {
    return (this.decoded ??= this.parts.map((part) => (mongo.BSON.deserialize(part) as { row: Row }).row));
  }
}
