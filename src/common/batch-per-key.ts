import { setImmediate as turn } from 'node:timers/promises';

interface Waiting<Request, Answer> {
  request: Request;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Requests for one key (a workshop, say) that arrive in one turn of the event loop, or while a write for it is in flight, go together.
 * So two processes contend as two writers, not as two hundred, and load makes batches larger, not queues longer.
 *
 * `settle` gets one key's requests in the order of their arrival and answers in that order; what it throws is every caller's error.
 * `most` requests go together at most.
 */
export class BatchPerKey<Request, Answer> {
  private readonly lanes = new Map<string, Waiting<Request, Answer>[]>();

  constructor(
    private readonly settle: (key: string, requests: Request[]) => Promise<Answer[]>,
    private readonly most = 500,
  ) {}

  ask(key: string, request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject };
      const lane = this.lanes.get(key);
      if (lane) lane.push(waiting);
      else {
        this.lanes.set(key, [waiting]);
        void this.run(key);
      }
    });
  }

  private async run(key: string): Promise<void> {
    // The first does not go alone where others came with it: what a turn reads from the sockets is all there at its end.
    await turn();
    for (;;) {
      const batch = this.lanes.get(key)?.splice(0, this.most) ?? [];
      if (batch.length === 0) break;
      try {
        const answers = await this.settle(
          key,
          batch.map((one) => one.request),
        );
        batch.forEach((one, index) => one.resolve(answers[index] as Answer));
      } catch (error) {
        batch.forEach((one) => one.reject(error));
      }
    }
    this.lanes.delete(key);
  }
}
