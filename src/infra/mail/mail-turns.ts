/** Nobody's turn within the time one waits: nothing has left, and it is to be tried later. */
export class NoTurn extends Error {
  /** `isAtStop`: this process stops, and another one may do it at once. */
  constructor(readonly isAtStop: boolean) {
    super('the mail server is busy with others');
  }
}

/** Whoever stood in line for longer is looked at once more: they may have left, and the thing may have moved. */
export const CHECKED_FOR_MS = 2000;

/** For a `catch`: what is told by a value instead of by being thrown. */
export function onlyNoTurn(error: unknown): NoTurn {
  if (error instanceof NoTurn) return error;
  throw error;
}

interface Waiting {
  go: () => void;
  giveUp: () => void;
}

/**
 * Lets so many at a time hand over a mail, each when the pace allows it. Who waits too long is sent away, so that no lease ends while its
 * holder stands in line; when the process stops, all who wait are.
 */
export class MailTurns {
  private free: number;
  private isClosed = false;
  private readonly line: Waiting[] = [];
  private readonly pauses = new Set<() => void>();

  constructor(
    most: number,
    /** 0 when one more may leave now, or after how many milliseconds to ask again. */
    private readonly pace: () => Promise<number>,
    private readonly longestWaitMs: number,
  ) {
    this.free = most;
  }

  /** Throws {@link NoTurn} without having done anything. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    const until = Date.now() + this.longestWaitMs;
    await this.place(until);
    try {
      for (let wait = await this.pace(); wait > 0; wait = await this.pace()) await this.pause(wait, until);
      return await work();
    } finally {
      const next = this.line.shift();
      if (next) next.go();
      else this.free += 1;
    }
  }

  /** Sends away who waits; who hands over finishes. */
  close(): void {
    this.isClosed = true;
    this.line.splice(0).forEach(({ giveUp }) => giveUp());
    this.pauses.forEach((end) => end());
  }

  private async place(until: number): Promise<void> {
    if (this.isClosed) throw new NoTurn(true);
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        go: () => {
          clearTimeout(timer);
          resolve();
        },
        giveUp: () => {
          clearTimeout(timer);
          const at = this.line.indexOf(waiting);
          if (at >= 0) this.line.splice(at, 1);
          reject(new NoTurn(this.isClosed));
        },
      };
      const timer = setTimeout(waiting.giveUp, until - Date.now());
      this.line.push(waiting);
    });
  }

  private async pause(ms: number, until: number): Promise<void> {
    if (this.isOver(until - ms)) throw new NoTurn(this.isClosed);
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.pauses.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.pauses.add(end);
    });
    if (this.isOver(until)) throw new NoTurn(this.isClosed);
  }

  private isOver(until: number): boolean {
    return this.isClosed || Date.now() > until;
  }
}
