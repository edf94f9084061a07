import { Locale } from '../contracts/primitives.js';

/** The language of a shell (`LANG=fr_CH.UTF-8`), by the first of its variables that says one, as POSIX has it; English where it is none of ours. Pure. */
export function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Record<string, string | undefined>): Locale {
  const said = [LC_ALL, LC_MESSAGES, LANG].find((one) => one) ?? '';
  return Locale.safeParse(said.split(/[_.@-]/, 1)[0]?.toLowerCase()).data ?? 'en';
}
