/** Numbers that a page and the server both go by; without schemas, so that a page does not load the library of these for a number. */

/** Of one file. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Files of one message. */
export const MAX_ATTACHMENTS = 10;
/** Uploads of one person that were not sent. */
export const MAX_WAITING_FILES = 50;
/** Files and links that are added to one workshop. */
export const MAX_ADDED_MATERIALS = 50;
/** People who host one workshop, with those who are invited and will. */
export const MAX_WORKSHOP_HOSTS = 10;
/** What the files of a cohort or a person may be allowed to take, in megabytes (a million bytes each). */
export const MAX_STORAGE_MB = 100_000_000;
/** Characters of what an image shows. */
export const MAX_ALT = 500;
/** Links that are looked at in one request. */
export const MAX_PREVIEWS = 50;
/** Of one export of another chat, zipped. */
export const MAX_IMPORT_BYTES = 1024 * 1024 * 1024;
/** Of the same, unpacked: all that is read of it, and how many files it may hold. */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 100_000;
