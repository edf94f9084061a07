import { Types } from 'mongoose';
import { withFilesOfArchive } from './page-attachment-links.js';

const id = '6b0dc085ca693c7c9fc35bdb';
const plan = { fileId: new Types.ObjectId(id), name: 'a plan.png', alt: 'The [plan]', kind: 'image' as const };
const other = { ...plan, fileId: new Types.ObjectId(), name: '../list.csv', alt: '', kind: 'file' as const };

describe('the files of a page in an archive', () => {
  it('given what the text shows, then it stands there, as deep as the page is; the rest stands below', () => {
    expect(withFilesOfArchive(`See ![it](/files/uploads/${id}/large) here.`, 'a/b/c.en.md', [plan])).toBe(
      `See ![it](../../files/${id}/a%20plan.png) here.`,
    );
    expect(withFilesOfArchive('See.', 'c.en.md', [plan, other])).toBe(
      `See.\n\n- ![The \\[plan\\]](files/${id}/a%20plan.png)\n- [../list.csv](files/${String(other.fileId)}/_list.csv)`,
    );
  });

  it('given code, or a file of another page, then it is left as it is', () => {
    const code = `\`![it](/files/uploads/${id})\``;
    expect(withFilesOfArchive(code, 'c.en.md', [])).toBe(code);
    const foreign = '![it](/files/uploads/6b0dc085ca693c7c9fc35bdc)';
    expect(withFilesOfArchive(foreign, 'c.en.md', [])).toBe(foreign);
  });
});
