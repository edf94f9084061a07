/** What an import knows of where things are here. */
export interface Places {
  /** The id here of a post by the numbers of its topic and itself; undefined for one that is not in the export. */
  postOf: (topic: number, post: number) => string | undefined;
  /** The address here of a topic, or of a post of it, by its numbers there; `slug` as a link says it. */
  addressOf: (topic: number, post: number | null, slug: string | null, isOurs: boolean) => string | undefined;
  /** The id here of somebody, by the name of their account. */
  personOf: (username: string) => string | undefined;
  hosts: ReadonlySet<string>;
}

/** Where a site is of which nobody says it: of links to it only the words are left. */
export const NOWHERE = 'https://discourse.invalid';

/** What names people and posts here: written elsewhere it means none of them. */
const OURS = /<([@#])([0-9a-f]{24})>/gi;
const OUR_NAME = /^[@#](?=[0-9a-f]{24}$)/i;
const QUOTE = /^([ \t>]*>[ \t]*)<#t(\d{1,12})p(\d{1,7}) ([^<>\n]{0,200})>[ \t]*$/gm;
const MENTION = /<@u:([^<>\s]{1,100})>/g;
const TOPIC =
  /https?:\/\/([a-z0-9.:-]{1,253})\/t\/(?:([^\s/)<>\]]{1,250})\/)?(\d{1,12})(?:\/(\d{1,7}))?(?=[\s)<>\]"?#.,;:!]|$)/gim;
const LOST_LINK = /!?\[([^[\]\n]{0,500})\]\(https:\/\/discourse\.invalid[^)\n]{0,2000}\)/g;

/** A text of {@link discourseTexts} with the people and posts that are meant, and links that lead to what came along. */
export function withPlaces(text: string, { postOf, addressOf, personOf, hosts }: Places): string {
  return (
    text
      .replace(OURS, '$1$2')
      // One that stood within another.
      .replace(OURS, '$1 $2')
      .replace(QUOTE, (_mark, quote: string, topic: string, post: string, name: string) => {
        const id = postOf(Number(topic), Number(post));
        return `${quote}${id ? `<#${id}>` : name.trim() && `**${name.trim()}:**`}`;
      })
      .replace(MENTION, (_mark, name: string) => {
        const id = personOf(name.toLowerCase());
        return id ? `<@${id}>` : `@${name}`.replace(OUR_NAME, '');
      })
      .replace(
        TOPIC,
        (link: string, host: string, slug: string | undefined, topic: string, post: string | undefined) => {
          const isOurs = hosts.has(host.toLowerCase()) || `https://${host}` === NOWHERE;
          // `/t/<topic>/<post>`, without its name.
          const [of, at] = !post && /^\d+$/.test(slug ?? '') ? [slug, topic] : [topic, post];
          return addressOf(Number(of), at ? Number(at) : null, slug ?? null, isOurs) ?? link;
        },
      )
      // The words of a link never become a name, whatever stands around it.
      .replace(LOST_LINK, (_link, words: string) => words.replace(OUR_NAME, ''))
      .replaceAll(NOWHERE, '')
  );
}
