import type { Attachment } from '../../../../../src/contracts/files';
import type { Upload } from '../../../ui/files/uploads';

/** An uploaded image as a text shows it. */
export function imageIn({ name, alt, uploaded }: Pick<Upload, 'name' | 'alt' | 'uploaded'>): string {
  const words = (alt || name).replace(/\s+/g, ' ').replace(/[[\]\\]/g, '\\$&');
  return uploaded?.previews ? `![${words}](${uploaded.previews.large})` : '';
}

/** The text with an image as a paragraph of its own, at a place. */
export const withImage = (text: string, at: number, image: string): string =>
  [text.slice(0, at).trimEnd(), image, text.slice(at).trimStart()].filter((part) => part !== '').join('\n\n');

/** The files that a text does not show in their places. */
export const notShownIn = (text: string, files: readonly Attachment[]): Attachment[] =>
  files.filter(({ id }) => !text.includes(`/files/uploads/${id}`));
