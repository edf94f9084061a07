import type { Nodes } from 'hast';
import type { Types } from 'mongoose';
import { markdownTree } from '../../common/markdown/markdown.js';
import { digestOf } from '../../common/secrets.js';
import type { TextTask } from '../../infra/threads/long-texts.js';
import type { MessageRow, PreviewRow } from '../messages/message.schema.js';

/** So many pages are shown beneath one message. */
const MAX_SHOWN = 3;
/** Longer addresses carry more than a place. */
const MAX_CHARACTERS = 2000;

/** Whether a text may link to a page. */
export const mayLink = (body: string): boolean => /https?:|www\./i.test(body);

/** Whether it is worth looking for addresses: a person wrote it, not the app, another program or another chat. */
export const mayBeLinked = ({ body, bot, note, imported, deletedAt }: MessageRow): boolean =>
  !bot && !note && !imported && !deletedAt && mayLink(body);

/**
 * The pages that a text links to, in its order, each as one address however it is written. What is code or quoted is not linked by who
 * writes it.
 */
export function pagesIn(body: string): string[] {
  return [...new Set(hrefsIn(markdownTree(body)).flatMap((href) => pageAddress(href) ?? []))];
}

/** How the pages of a text are found. */
export const PAGES: TextTask<string[]> = {
  file: new URL('./outside-links', import.meta.url),
  name: 'pagesIn',
  here: pagesIn,
};

/** Those pages outside of this installation that are shown: the first 3. */
export const outsideOf = (pages: readonly string[], publicUrl: string): string[] =>
  pages.filter((url) => isOutside(new URL(url), publicUrl)).slice(0, MAX_SHOWN);

/**
 * The one way to write the address of a page: without the place within it, the rest as it is (what stands after `?` may name the page). Null
 * for what is no page of the web, and for one with a name or a password in it.
 */
export function pageAddress(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  return url.href.length > MAX_CHARACTERS ? null : url.href;
}

/** Whether an address leads out of this installation, whose own links have cards of their own. */
export const isOutside = ({ hostname }: URL, publicUrl: string): boolean =>
  hostname.replace(/\.$/, '') !== new URL(publicUrl).hostname;

/** The previews that belong beneath a text with these pages, in their order, each page once; what was taken away stays away while its link is there. */
export function previewsAfter(previews: readonly PreviewRow[], pages: readonly string[]): PreviewRow[] {
  return pages.flatMap((url) => previews.find((one) => one.url === url) ?? []).slice(0, MAX_SHOWN);
}

/** What names a preview: of its message alone. The row of the page is shared with other cohorts, and its id would tell them that, and when, somebody linked the same. */
export const previewId = (messageId: Types.ObjectId, url: string): string =>
  Buffer.from(digestOf(String(messageId), url), 'base64url')
    .toString('hex')
    .slice(0, 24);

/** The previews with one taken away; null when it is so already. */
export function withoutPreview(
  { _id, previews = [] }: Pick<MessageRow, '_id' | 'previews'>,
  id: string,
): PreviewRow[] | null | 'unknown' {
  const known = previews.find(({ url }) => previewId(_id, url) === id.toLowerCase());
  if (!known) return 'unknown';
  return known.removed ? null : previews.map((one) => (one === known ? { ...one, removed: true } : one));
}

function hrefsIn(node: Nodes): string[] {
  if (node.type === 'element' && node.tagName === 'blockquote') return [];
  if (node.type === 'element' && node.tagName === 'a') return [node.properties.href ?? ''];
  return 'children' in node ? node.children.flatMap(hrefsIn) : [];
}
