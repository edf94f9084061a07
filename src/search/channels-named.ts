import { foldedWords } from '../common/texts/fold.js';
import type { FoundChannel } from '../contracts/search.js';

/**
 * The channels that `in:` means by an id, a name or the people of a direct one, with or without `#` and `@`. A whole name beats a
 * beginning, so that `in:team-permis` means the one and not also those whose names go on.
 */
export function channelsNamed(channels: readonly FoundChannel[], value: string): FoundChannel[] {
  const byId = channels.filter(({ id }) => id === value.toLowerCase());
  if (byId.length > 0) return byId;
  const asked = foldedWords([value]);
  if (asked.length === 0) return [];
  const fitting = channels.filter((channel) => {
    const words = wordsOf(channel);
    return asked.every((word) => words.some((one) => one.startsWith(word)));
  });
  const whole = fitting.filter((channel) => channel.kind !== 'direct' && wordsOf(channel).join() === asked.join());
  return whole.length > 0 ? whole : fitting;
}

const wordsOf = ({ name, nameKey, people }: FoundChannel) =>
  foldedWords(people.length > 0 ? people.map((person) => person.name) : [name === '' ? (nameKey ?? '') : name]);
