import { changeOutsideCode } from '../../common/markdown/code-pieces.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import { pathOfFile } from '../../forums/exports/safe-names.js';

type Named = Pick<AttachmentRow, 'fileId' | 'name' | 'alt' | 'kind'>;

/** Where a file of a page stands in the archive. */
export const pathInArchive = ({ fileId, name }: Pick<Named, 'fileId' | 'name'>): string =>
  pathOfFile(name, String(fileId));

/** The text of a page that stands at `path` in the archive, with its files where they are there: those that it shows in their places, the others below it. `files` are those of the page. */
export function withFilesOfArchive(body: string, path: string, files: readonly Named[]): string {
  const up = '../'.repeat(path.split('/').length - 1);
  const addressOf = (file: Named) => `${up}${encodeURI(pathInArchive(file))}`;
  const byId = new Map(files.map((file) => [String(file.fileId), file]));
  const shown = new Set<string>();
  const text = changeOutsideCode(body, (prose) =>
    prose.replace(
      /(\]\()\/files\/uploads\/([0-9a-f]{24})(?:\/small|\/large)?(?=[)\s])/g,
      (all, open: string, id: string) => {
        const file = byId.get(id);
        if (!file) return all;
        shown.add(id);
        return `${open}${addressOf(file)}`;
      },
    ),
  );
  const rest = files.filter(({ fileId }) => !shown.has(String(fileId)));
  const lines = rest.map((file) => {
    const link = `[${plain(file.alt || file.name)}](${addressOf(file)})`;
    return `- ${file.kind === 'image' ? '!' : ''}${link}`;
  });
  return lines.length === 0 ? text : `${text.trimEnd()}\n\n${lines.join('\n')}`.trimStart();
}

/** A line of text that is none of markdown. */
const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
