import type { FileRow } from './file.schema.js';

/** Who asks for a file: its owner or not, and whether they may read now what it hangs on. */
export interface FileReader {
  isOwner: boolean;
  readsHolder: boolean;
}

/**
 * Who may open a file, by its state: until it is sent its owner alone, from then on whoever may read the thing it hangs on (its owner
 * only as one of them), and nobody when that is deleted. All others get the 404 of a random id.
 */
const OPENED_BY: Record<FileRow['state'], (reader: FileReader) => boolean> = {
  arriving: () => false,
  waiting: ({ isOwner }) => isOwner,
  held: ({ readsHolder }) => readsHolder,
  gone: () => false,
};

export const mayOpen = (reader: FileReader, { state }: Pick<FileRow, 'state'>): boolean => OPENED_BY[state](reader);
