import type { ClipboardEvent } from 'react';
import type { Attachment } from '../../../../src/contracts/files';
import { useAddFiles } from './useAddFiles';
import { takeDone, useUploads, type Upload, type UploadPlace } from './uploads';

export interface Attaching {
  uploads: Upload[];
  /** At least one file can go. */
  hasFiles: boolean;
  /** Some are on their way: the message waits for them. */
  busy: boolean;
  add: (files: readonly File[]) => void;
  onPaste: (event: ClipboardEvent) => void;
  /** Those that can go, and stay until they are taken. */
  done: () => Attachment[];
  take: () => Attachment[];
}

/** The files of a composer; without a place there are none. */
export function useAttaching(place: UploadPlace | undefined): Attaching {
  const uploads = useUploads(place?.name ?? '');
  const addTo = useAddFiles();
  const add = (files: readonly File[]) => {
    if (place !== undefined && files.length > 0) addTo(place, files);
  };
  return {
    uploads,
    hasFiles: uploads.some((one) => one.state === 'done'),
    busy: uploads.some(({ state }) => state !== 'done' && state !== 'refused'),
    add,
    onPaste: (event) => {
      const { files } = event.clipboardData;
      // Word processors put a picture of the words beside the words.
      if (place === undefined || files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
      event.preventDefault();
      add([...files]);
    },
    done: () => uploads.flatMap(({ uploaded, alt }) => (uploaded ? { ...uploaded, alt } : [])),
    take: () => (place === undefined ? [] : takeDone(place.name)),
  };
}
