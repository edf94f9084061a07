import type { FileKind } from '../contracts/files.js';
import { extensionOf } from './file-name.js';

/** What nobody could tell. Browsers download it and never guess. */
export const OCTETS = 'application/octet-stream';

/** Photos that we can draw: only these have previews. */
const DRAWN = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/webp', 'image/gif', 'image/avif', 'image/tiff']);
/** What a browser plays, and what it cannot make anything else of. */
const PLAYED = new Map<string, FileKind>([
  ['audio/mpeg', 'audio'],
  ['audio/wav', 'audio'],
  ['audio/ogg', 'audio'],
  ['audio/flac', 'audio'],
  ['audio/aac', 'audio'],
  ['audio/x-m4a', 'audio'],
  ['audio/mp4', 'audio'],
  ['video/mp4', 'video'],
  ['video/webm', 'video'],
  ['video/quicktime', 'video'],
]);
const PHOTO_NAMES = new Set(['jpg', 'jpeg', 'png', 'apng', 'webp', 'gif', 'avif']);

/** What a file of this type can do on a page. The type is told from its content. */
export const kindOf = (type: string): FileKind => (DRAWN.has(type) ? 'image' : (PLAYED.get(type) ?? 'file'));

/** A name that promises a photo (which everybody opens), with something else in it. */
export const pretends = (name: string, type: string): boolean =>
  PHOTO_NAMES.has(extensionOf(name)) && !type.startsWith('image/');

/** May a browser show it from our address? All else is downloaded: HTML, SVG and PDF are programs of a kind. */
export const isShown = (type: string): boolean => kindOf(type) !== 'file' && type !== 'image/tiff';
