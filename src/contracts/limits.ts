/** Numbers that a page and the server both go by; without schemas, so that a page does not load the library of these for a number. */

/** Of one file. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;
/** Files of one message or post. */
export const MAX_ATTACHMENTS = 10;
/** Uploads of one person that were not sent. */
export const MAX_WAITING_FILES = 50;
/** Files and links that are added to one workshop. */
export const MAX_ADDED_MATERIALS = 50;
/** People who host one workshop, with those who are invited and will. */
export const MAX_WORKSHOP_HOSTS = 10;
/** Sessions that lie ahead and that a fellow booked themself, in a cohort: in all, and with one coach. Coaches and the programme team book beyond. */
export const MAX_SESSIONS_AHEAD = 12;
export const MAX_SESSIONS_AHEAD_WITH_COACH = 6;
/** Sessions that are booked at once, and how many weeks lie between two of them. */
export const MAX_REPEATED_SESSIONS = 12;
export const REPEAT_WEEKS = [1, 2, 4] as const;
/** Workshops that one who is not of the programme team made in a cohort and that wait to be published: alone, as dates of series, and all they take. */
export const MAX_DRAFTS = 20;
export const MAX_DRAFT_DATES = 60;
export const MAX_DRAFT_MB = 2;
/** The same of one of the programme team, who may copy a whole programme: by what they take alone. */
export const MAX_STAFF_DRAFT_MB = 64;
/** Open wishes of one person in a cohort that nobody else joined. */
export const MAX_LONELY_WISHES = 20;
/** What one person began to write in forums and did not post: drafts that are kept. */
export const MAX_FORUM_DRAFTS = 50;
/** So many flagged posts of the commons are shown at once, each with all its words. */
export const MAX_FLAGGED_SHOWN = 20;
/** For so many tags of a cohort's forum somebody chooses how closely they follow them. */
export const MAX_TAG_LEVELS = 200;
/** So many feeds of a cohort's forum has somebody. */
export const MAX_FORUM_FEEDS = 50;
/** So many tags of a cohort's forum have other words. */
export const MAX_TAGS_WITH_WORDS = 100;
/** So many topics and posts of a cohort's forum somebody keeps as bookmarks. */
export const MAX_BOOKMARKS = 500;
/** What one may choose from in a poll of the forum. */
export const MAX_POLL_OPTIONS = 10;
/** What the files of a cohort or a person may be allowed to take, in megabytes (a million bytes each). */
export const MAX_STORAGE_MB = 100_000_000;
/** Characters of what an image shows. */
export const MAX_ALT = 500;
/** So many links of one text are shown as cards. */
export const MAX_CARDS = 3;
/** Links that are looked at in one request: those of a page of 50 posts. */
export const MAX_LINKS = 150;
/** Of one export of another chat, zipped. */
export const MAX_IMPORT_BYTES = 1024 * 1024 * 1024;
/** Of the same, unpacked: all that is read of it, and how many files it may hold. */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024 * 1024;
export const MAX_IMPORT_ENTRIES = 100_000;
/** Exports that a cohort holds at once which are not brought in, refused or thrown away. */
export const MAX_KEPT_IMPORTS = 5;
/** Templates by which topics of a cohort's forum begin. */
export const MAX_TEMPLATES = 12;
/** Between two replies of one person in a topic in slow mode, in minutes: staff choose one of these. */
export const SLOW_MINUTES = [5, 15, 60, 1440] as const;
/** Of one export of another forum, its posts; of another chat, its channels; of either, its accounts. */
export const MAX_IMPORTED_POSTS = 200_000;
export const MAX_IMPORTED_CHANNELS = 5_000;
export const MAX_IMPORTED_PEOPLE = 50_000;
/** Posts of the forum that are moved, or merged with their topic, at once. */
export const MAX_MOVED = 500;

/** The longest question of an applicant to the hosts of a project, and the longest answer, in characters. */
export const MAX_PROJECT_QUESTION = 600;
export const MAX_PROJECT_ANSWER = 2000;

/** The place of the handbook that all cohorts and alumni read: no cohort has this id. */
export const COMMONS_PLACE = '000000000000000000000000';
