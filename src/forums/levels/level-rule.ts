import type { ForumLevel, SubscriptionLevel } from '../../contracts/forums.js';

/** What somebody chose for a topic, for tags, and for the whole forum. `byItself`: the level of the topic came by reading or writing. */
export interface Chosen {
  topic: { level: SubscriptionLevel; byItself: boolean } | null;
  tags: readonly { tag: string; level: ForumLevel }[];
  whole: ForumLevel | null;
}

/** The level that holds, and what it was chosen for: `tag` names the tag. */
export interface Held {
  level: ForumLevel;
  by: 'topic' | 'tag' | 'whole';
  tag: string | null;
}

/** From the least attention to the most. */
const ATTENTION: readonly ForumLevel[] = ['muted', 'normal', 'tracking', 'watching_first', 'watching'];
const attention = ({ level }: { level: ForumLevel }) => ATTENTION.indexOf(level);

/**
 * The level of a person for a topic with some tags: what they chose for the topic stands over what they chose for its tags, and that over the whole. Of several tags a
 * muted one decides, else the closest. What came by reading or writing never says less than what was chosen.
 */
export function levelFor({ topic, tags, whole }: Chosen, ofTopic: readonly string[]): Held {
  const own: Held | null = topic && { level: topic.level, by: 'topic', tag: null };
  if (own && !topic?.byItself) return own;
  const general = ofTags(tags.filter(({ tag }) => ofTopic.includes(tag))) ?? {
    ...{ level: whole ?? 'normal', by: 'whole' as const, tag: null },
  };
  return own && attention(own) >= attention(general) ? own : general;
}

function ofTags(chosen: Chosen['tags']): Held | null {
  const [first, ...others] = chosen.toSorted((a, b) => attention(a) - attention(b) || a.tag.localeCompare(b.tag));
  if (!first) return null;
  const { tag, level } = first.level === 'muted' ? first : (others.at(-1) ?? first);
  return { level, by: 'tag', tag };
}

/** The topics that a person muted by their tags: those with any of `tags`, and those with none of `others`, where that is not null. */
export interface Muted {
  tags: string[];
  others: string[] | null;
}

/** What {@link levelFor} says of topics for which nothing was chosen themselves. */
export function mutedBy({ tags, whole }: Pick<Chosen, 'tags' | 'whole'>): Muted {
  const isMuted = ({ level }: { level: ForumLevel }) => level === 'muted';
  const named = (chosen: Chosen['tags']) => chosen.map(({ tag }) => tag);
  return { tags: named(tags.filter(isMuted)), others: whole === 'muted' ? named(tags) : null };
}

/** As a topic shows it: of its replies, who watches first posts alone hears as everybody. */
export const asOfTopic = (level: ForumLevel): SubscriptionLevel => (level === 'watching_first' ? 'normal' : level);
