/** What one item of a batch came to: its result, or why it was refused. */
export type Outcome<Result> = { result: Result } | { error: unknown };

interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * One lane for each key (a channel): items that arrive while a batch is in flight wait and go together in the next one, in the
 * order of their arrival. Load makes batches larger, not queues longer; two processes contend as two writers, not as two hundred.
 */
export class Lanes<Item, Result> {
  private readonly waiting = new Map<string, Waiting<Item, Result>[]>();

  /** `work` answers each item of a batch in its order; when it throws, the whole batch is refused. `most` items go at once. */
  constructor(
    private readonly work: (key: string, items: readonly Item[]) => Promise<Outcome<Result>[]>,
    private readonly most: number,
  ) {}

  /** Resolves with what `work` says of this item. */
  submit(key: string, item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(key);
      if (queue) queue.push({ item, resolve, reject });
      else {
        this.waiting.set(key, [{ item, resolve, reject }]);
        void this.drive(key);
      }
    });
  }

  private async drive(key: string): Promise<void> {
    for (;;) {
      const batch = this.waiting.get(key)?.splice(0, this.most) ?? [];
      if (batch.length === 0) break;
      await this.settle(key, batch);
    }
    this.waiting.delete(key);
  }

  private async settle(key: string, batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const outcomes = await this.work(
        key,
        batch.map((one) => one.item),
      );
      batch.forEach((one, index) => {
        const outcome = outcomes[index];
        if (outcome && 'result' in outcome) one.resolve(outcome.result);
        else one.reject(outcome?.error);
      });
    } catch (error) {
      batch.forEach((one) => one.reject(error));
    }
  }
}
