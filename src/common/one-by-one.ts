/** Long answers that are written piece by piece: one at a time for each person, since many at once would keep threads and others waiting. */
export class OneByOne {
  /** By person: the end of the last one that they asked for. */
  private readonly lines = new Map<string, Promise<void>>();

  /**
   * The pieces of one answer after those of the one before. `mayStill` throws where they may not have it any more: it is asked where they waited and before each
   * piece, since an answer may be read as slowly as its reader likes.
   */
  async *of<Piece>(
    userId: string,
    pieces: AsyncGenerator<Piece>,
    mayStill: () => Promise<unknown>,
  ): AsyncGenerator<Piece> {
    const before = this.lines.get(userId);
    let over = () => {};
    const mine = new Promise<void>((resolve) => (over = resolve));
    this.lines.set(userId, mine);
    try {
      await before;
      let mayHaveChanged = before !== undefined;
      for await (const piece of pieces) {
        if (mayHaveChanged) await mayStill();
        yield piece;
        mayHaveChanged = true;
      }
    } finally {
      over();
      if (this.lines.get(userId) === mine) this.lines.delete(userId);
    }
  }
}
