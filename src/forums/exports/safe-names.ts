import { slugOf } from '../../common/texts/slug.js';

/** Bytes of a name: file systems take 255. */
const MOST_BYTES = 180;
const MAX_EXTENSION = 20;
/** What some systems keep for devices, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Where a topic stands in the export: what it is called, and its id, by which two of one title differ and one export finds the files of another. */
export const pathOfTopic = (title: string, topicId: string): string =>
  `topics/${withinBytes(slugOf(title) ?? 'topic', 120)}-${topicId}.md`;

/** Where a file stands: in a folder of its own, so that two of one name do not meet. */
export const pathOfFile = (name: string, fileId: string): string => `files/${fileId}/${safeName(name)}`;

/** A name of a file that every system takes, and that leads nowhere else. */
export function safeName(given: string): string {
  const plain = given
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}<>:"/\\|?*]/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(DEVICE, '_$&');
  const dot = plain.lastIndexOf('.');
  const extension = dot > 0 && plain.length - dot <= MAX_EXTENSION ? plain.slice(dot) : '';
  const stem = withinBytes(extension ? plain.slice(0, dot) : plain, MOST_BYTES - Buffer.byteLength(extension));
  return `${stem}${extension}` || 'file';
}

function withinBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  let kept = '';
  let bytes = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > most) break;
    kept += letter;
  }
  return kept;
}
