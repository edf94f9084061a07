import type { Hash } from 'node:crypto';
import { mongo } from 'mongoose';

/** Where the number of the ask stands in a row: after its length, the type of its first field, and that field's name with a zero. What is asked for comes behind it. */
export const NUMBER_AT = 4 + 1 + 'ask\0'.length;
const ROW_AT = NUMBER_AT + 4;

/**
 * Rows as the bytes in which they came. Most looks only ask whether rows are as they were, for which their bytes serve; who needs what is
 * in them reads them after all.
 */
export class RawRows<Row> {
  private decoded: Row[] | null = null;

  constructor(private readonly parts: readonly Uint8Array[]) {}

  /** Makes them part of a hash: another row, field or order gives another one, and not what else went with the same command. */
  addTo(hash: Hash): void {
    for (const part of this.parts) hash.update(part.subarray(ROW_AT));
    hash.update(`|${this.parts.length}|`);
  }

  /** Those of them that are wanted, as the bytes in which they came. */
  among(isWanted: (row: Row) => boolean): RawRows<Row> {
    const wanted = this.rows.map(isWanted);
    return wanted.every(Boolean) ? this : new RawRows(this.parts.filter((_, at) => wanted[at]));
  }

  get rows(): readonly Row[] {
    return (this.decoded ??= this.parts.map((part) => (mongo.BSON.deserialize(part) as { row: Row }).row));
  }
}
