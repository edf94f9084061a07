/** Numbers that a page and the server both go by; without schemas, so that a page does not load the library of these for a number. */

/** Of one file. */
export const MOST_FILE_BYTES = 25 * 1024 * 1024;
/** Files of one message. */
export const MOST_ATTACHMENTS = 10;
/** Uploads of one person that were not sent. */
export const MOST_WAITING_FILES = 50;
/** Files and links that are added to one workshop. */
export const MOST_ADDED_MATERIALS = 50;
/** Characters of what an image shows. */
export const MOST_ALT = 500;
/** Links that are looked at in one request. */
export const MOST_PREVIEWS = 50;
/** Of one export of another chat, zipped. */
export const MOST_IMPORT_BYTES = 1024 * 1024 * 1024;
