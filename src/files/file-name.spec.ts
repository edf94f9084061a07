import { extensionOf, fileNameFrom } from './file-name.js';

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['  a \n b\t.txt ', 'a b .txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\plan.pdf', 'plan.pdf'],
    ['photo\u202egpj.exe', 'photo gpj.exe'],
    ['a\0b\r\nSet-Cookie: x.txt', 'a b Set-Cookie: x.txt'],
    ['', 'file'],
    ['..', 'file'],
    ['\u200b\u2060', 'file'],
    ['x/', 'file'],
    ['\ud83d.png', '\ufffd.png'],
  ])('given %j, then it is %j', (given, kept) => {
    expect(fileNameFrom(given)).toBe(kept);
  });

  it('given a long one, then it keeps its extension, whole characters and at most 200 of them', () => {
    const name = fileNameFrom(`${'🎬'.repeat(300)}.mp4`);
    expect(Array.from(name)).toHaveLength(200);
    expect(name).toBe(`${'🎬'.repeat(195)}….mp4`);
    expect(fileNameFrom('x'.repeat(1_000_000))).toBe(`${'x'.repeat(199)}…`);
  });

  it.each([
    ['a.PNG', 'png'],
    ['archive.tar.gz', 'gz'],
    ['README', ''],
    ['a.', ''],
  ])('given %j, then its extension is %j', (name, extension) => {
    expect(extensionOf(name)).toBe(extension);
  });
});
