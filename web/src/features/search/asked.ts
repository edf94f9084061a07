import { fold } from '../../../../src/common/texts/fold';
import { parseQuery } from '../../../../src/common/texts/search-query';
import type { ChannelSummary } from '../../api/types';

/** A channel with the name that this reader sees. */
export interface NamedChannel {
  channel: Pick<ChannelSummary, 'id'>;
  name: string;
}

/**
 * What the server is asked: channels by their id where `in:` is the name that is on screen. Some names are translated, so only the
 * browser knows them.
 */
export function askedFor(q: string, channels: readonly NamedChannel[]): string {
  let asked = q;
  for (const filter of parseQuery(q).filters.toReversed()) {
    if (filter.kind !== 'in') continue;
    const name = fold(filter.value.replace(/^[#@]/, ''));
    const named = channels.filter((one) => fold(one.name) === name);
    if (named.length > 0)
      asked =
        asked.slice(0, filter.from) +
        named.map(({ channel }) => `${filter.isNot ? '-' : ''}in:${channel.id}`).join(' ') +
        asked.slice(filter.to);
  }
  return asked;
}

/** The text with an example of an operator at its end, without its value where one is to be typed. */
export function withHint(q: string, hint: string): string {
  const start = hint.startsWith('"') ? '""' : hint.startsWith('-') ? '-' : hint.slice(0, hint.indexOf(':') + 1);
  return `${q.trimEnd()}${q.trim() === '' ? '' : ' '}${start}`;
}
