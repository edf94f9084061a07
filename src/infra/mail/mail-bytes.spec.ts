import { MAX_BYTES, bytesOf } from './mail-bytes.js';

/** Pieces as they would come, and how many of them were asked for. */
function coming(pieces: Iterable<Buffer>) {
  const asked = { count: 0, cuts: 0 };
  async function* stream() {
    for (const piece of pieces) {
      asked.count += 1;
      await Promise.resolve();
      yield piece;
    }
  }
  return { asked, read: async () => await bytesOf(stream(), () => (asked.cuts += 1)) };
}

function* times(count: number, piece: Buffer) {
  for (let index = 0; index < count; index += 1) yield piece;
}

describe('the bytes of a mail', () => {
  it('given pieces of any size, then they are one text in their order', async () => {
    const pieces = [1, 70_000, 3, 500_000, 0, 7].map((length, index) => Buffer.alloc(length, 97 + index));
    expect(await coming(pieces).read()).toEqual(Buffer.concat(pieces));
    expect(await coming([]).read()).toEqual(Buffer.alloc(0));
  });

  it('given as much as is taken, then all of it; a byte more, then nothing, and it is read to its end', async () => {
    const piece = Buffer.alloc(MAX_BYTES / 4, 'x');
    expect((await coming(times(4, piece)).read())?.length).toBe(MAX_BYTES);
    const more = coming([...times(4, piece), Buffer.from('x'), Buffer.from('x')]);
    expect([await more.read(), more.asked]).toEqual([null, { count: 6, cuts: 0 }]);
  });

  it.each([
    ['lines of a dot without end', Buffer.from('.\r\n'), 50_001],
    ['bytes without end', Buffer.alloc(MAX_BYTES), 9],
  ])('given %s, then the line is cut', async (_what, piece, after) => {
    const endless = coming(times(1_000_000, piece));
    expect([await endless.read(), endless.asked]).toEqual([null, { count: after, cuts: 1 }]);
  });

  it('given as many pieces as a mail may have, then they are one buffer of about their bytes', async () => {
    const kept = await coming(times(50_000, Buffer.from('.\r\n'))).read();
    expect([kept?.length, kept!.buffer.byteLength]).toEqual([150_000, 262_144]);
  });
});
