import { isShown, kindOf, pretends } from './file-kinds.js';
import { mayOpen } from './files.policy.js';

describe('who opens a file', () => {
  it.each([
    ['arriving', false, false, false, false],
    ['waiting', false, true, false, true],
    ['held', false, false, true, true],
    ['gone', false, false, false, false],
  ] as const)('given one that is %s, then nobody: %s, its owner: %s, a reader: %s, both: %s', (state, ...expected) => {
    const asks = [
      { isOwner: false, readsHolder: false },
      { isOwner: true, readsHolder: false },
      { isOwner: false, readsHolder: true },
      { isOwner: true, readsHolder: true },
    ];
    expect(asks.map((reader) => mayOpen(reader, { state }))).toEqual(expected);
  });
});

describe('what a file may do on a page', () => {
  it.each([
    ['image/png', 'image', true],
    ['image/tiff', 'image', false],
    ['image/heic', 'file', false],
    ['image/svg+xml', 'file', false],
    ['text/html', 'file', false],
    ['application/pdf', 'file', false],
    ['application/xml', 'file', false],
    ['video/mp4', 'video', true],
    ['audio/mpeg', 'audio', true],
    ['constructor', 'file', false],
  ])('given %s, then it is a %s; shown: %s', (type, kind, shown) => {
    expect([kindOf(type), isShown(type)]).toEqual([kind, shown]);
  });

  it.each([
    ['me.png', 'application/octet-stream', true],
    ['me.JPG', 'application/x-msdownload', true],
    ['me.png', 'image/jpeg', false],
    ['me.heic', 'image/heic', false],
    ['logo.svg', 'application/xml', false],
    ['me.png.zip', 'application/zip', false],
  ])('given %s with %s in it, then it pretends: %s', (name, type, expected) => {
    expect(pretends(name, type)).toBe(expected);
  });
});
