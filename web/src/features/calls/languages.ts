/** Both languages in which a call is written. */
export const LANGUAGES = ['en', 'fr'] as const;
