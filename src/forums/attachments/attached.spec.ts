import { Types } from 'mongoose';
import type { Problem } from '../../common/problem.js';
import type { AttachmentRow } from '../../files/attachment.schema.js';
import type { FileRow } from '../../files/file.schema.js';
import { attachedAs, filesTogether, lostFiles, sameFiles } from './attached.js';

const [zoe, ali, here, elsewhere] = Array.from({ length: 4 }, () => new Types.ObjectId()) as [
  Types.ObjectId,
  Types.ObjectId,
  Types.ObjectId,
  Types.ObjectId,
];
const file = (over: Partial<FileRow> = {}): FileRow =>
  ({ _id: new Types.ObjectId(), ownerId: zoe, cohortId: here, name: 'plan.png', size: 9, ...over }) as FileRow;
const hanging = (alt = ''): AttachmentRow => ({ fileId: new Types.ObjectId(), name: 'old.png', alt }) as AttachmentRow;
const wants = (one: { _id: Types.ObjectId } | AttachmentRow, alt = '') => ({
  fileId: String('fileId' in one ? one.fileId : one._id),
  alt,
});

const refusal = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as Problem).more;
  }
};

describe('the files of a post', () => {
  const writer = { ownerId: zoe, cohortId: here };
  const waitingOf = (...rows: FileRow[]) => new Map(rows.map((row) => [String(row._id), row]));

  it('are those that hang on it and new uploads, in the order wanted, with their words', () => {
    const [upload, old] = [file(), hanging('was')];
    const after = attachedAs([wants(upload, 'a plan'), wants(old, 'now')], [old], waitingOf(upload), writer);
    expect(after).toMatchObject([
      { fileId: upload._id, name: 'plan.png', alt: 'a plan' },
      { fileId: old.fileId, name: 'old.png', alt: 'now' },
    ]);
  });

  it.each([
    ['of another person', file({ ownerId: ali })],
    ['uploaded for another cohort', file({ cohortId: elsewhere })],
    ['uploaded for a conversation', file({ cohortId: null })],
  ])('are none %s', (_whose, upload) => {
    const asked = () => attachedAs([wants(upload)], [], waitingOf(upload), writer);
    expect(JSON.stringify(refusal(asked))).toContain('/attachments/0/fileId');
  });

  it('are none that is wanted twice, unknown, or no id at all', () => {
    const upload = file();
    const [twice, unknown] = [
      [wants(upload), wants(upload)],
      [wants(upload), wants(file())],
    ];
    for (const wanted of [twice, unknown, [wants(upload), { fileId: 'x', alt: '' }]])
      expect(JSON.stringify(refusal(() => attachedAs(wanted, [], waitingOf(upload), writer)))).toContain(
        '/attachments/1/fileId',
      );
  });
});

describe('what nothing shows any more', () => {
  it('is what was there and is not, once each', () => {
    const [one, two, three] = [hanging(), hanging(), hanging()];
    expect(lostFiles([one, two, two], [two, three])).toEqual([one.fileId]);
    expect(lostFiles([one, one], [])).toEqual([one.fileId]);
  });
});

describe('the same files', () => {
  it('have the same order and words', () => {
    const [one, two] = [hanging('a'), hanging('b')];
    expect(sameFiles([one, two], [{ ...one }, { ...two }])).toBe(true);
    expect(sameFiles([one, two], [two, one])).toBe(false);
    expect(sameFiles([one], [{ ...one, alt: 'c' }])).toBe(false);
    expect(sameFiles([one], [one, two])).toBe(false);
  });
});

describe('files that two people change at once', () => {
  const [one, two, three, four] = [hanging('1'), hanging('2'), hanging('3'), hanging('4')];
  const list = (...rows: AttachmentRow[]) => rows.map((row) => wants(row, row.alt));

  it.each([
    ['nobody else changed them', [two, one], [one, two], [one, two], [two, one]],
    ['another added one', [one, two], [one], [one, three], [one, three, two]],
    ['another took one out', [one, two, three], [one, two], [one], [one, three]],
    ['I took one out, another added one', [two], [one, two], [one, two, four], [two, four]],
    ['both added the same', [one, two], [one], [one, two], [one, two]],
    ['both took one out', [one], [one, two], [one, three], [one, three]],
  ])('given %s, then both changes stand', (_what, mine, seen, now, together) => {
    expect(filesTogether(list(...mine), list(...seen), now)).toEqual(list(...together));
  });

  it('given new words for an image, then they stand, also those of another', () => {
    const mine = [wants(one, 'mine'), wants(two, '2')];
    const now = [{ ...one, alt: '1' }, { ...two, alt: 'theirs' }, three];
    expect(filesTogether(mine, list(one, two), now)).toEqual([
      wants(one, 'mine'),
      wants(two, 'theirs'),
      wants(three, '3'),
    ]);
  });
});
