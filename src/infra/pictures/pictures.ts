import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { BatchPerKey } from '../../common/batch-per-key.js';
import { invalidField } from '../../common/problem.js';
import { OwnProcess } from '../threads/own-process.js';
import { TooMuchWork } from '../threads/threads.js';
import type { Measured, Shape, Source } from './picture-process.js';

/** A picture as it stands upright, and what was asked for of it, in that order. */
export interface Drawn extends Measured {
  drawn: Buffer[];
}

interface Asked extends Source {
  shapes: Shape[];
}

/** 50 million points take 300 MB: a small file that unfolds to more is refused before it is unfolded. Of an AVIF, fewer are taken (`measure`). */
export const MAX_PIXELS = 50_000_000;
/** As many as a camera has. A face is a few hundred points wide in the end. */
export const MAX_FACE_PIXELS = 24_000_000;
/** So many are drawn in a blink, from whatever kind of file. */
const FEW_PIXELS = 4_000_000;
const QUICK_MS = 1000;
const SLOW_MS = 15_000;
const FILE = new URL('./picture-process', import.meta.url);

/**
 * Draws all pictures that people send: previews, faces and logos, with one budget. Of one person one is in line. There are two lines, each of which draws one at a
 * time: what is small goes through the quick one, where nothing takes longer than a second; what is large, or was not done in that second, goes to the slow one.
 * So nobody's small picture waits for large or slow ones, and one large picture is in memory at a time. Each line is a process that is killed when a picture's
 * time is over; the memory of this one is not touched. What could not be drawn in time is refused: it is not kept without previews, since nobody could look at it in a
 * page without doing the work that was too much for us.
 */
@Injectable()
export class Pictures implements OnApplicationShutdown {
  private readonly quick = new OwnProcess();
  private readonly slow = new OwnProcess();
  private readonly ofPeople = new BatchPerKey<Asked, Drawn>(
    (_, asked) => Promise.all(asked.map((one) => this.inLine(one))),
    1,
  );

  /**
   * A picture (a file of ours on disk, or bytes) in these shapes, the largest first. Throws 422 `/file` `not_an_image`, `too_many_pixels`, `too_intricate`; `NoThread`
   * (503) when its turn did not come.
   */
  async draw(asked: Asked, ownerId: string): Promise<Drawn> {
    return await this.ofPeople.ask(ownerId, asked);
  }

  onApplicationShutdown(): void {
    this.quick.end();
    this.slow.end();
  }

  private async inLine({ shapes, ...source }: Asked): Promise<Drawn> {
    const size = await this.work<Measured>('measure', source, true);
    const isSmall = size.width * size.height <= FEW_PIXELS;
    return { ...size, drawn: await this.work<Buffer[]>('draw', { ...source, shapes }, isSmall) };
  }

  private async work<Result extends object>(name: string, input: object, isQuick: boolean): Promise<Result> {
    const line = isQuick ? this.quick : this.slow;
    try {
      const result = await line.run<Result | { problem: string }>({ file: FILE, name }, input, {
        withinMs: isQuick ? QUICK_MS : SLOW_MS,
      });
      if ('problem' in result) throw invalidField('/file', result.problem);
      return result;
    } catch (error) {
      if (!(error instanceof TooMuchWork)) throw error;
      if (isQuick) return await this.work(name, input, false);
      throw invalidField('/file', 'too_intricate');
    }
  }
}
