import { Injectable } from '@nestjs/common';
import { invalidField } from '../common/problem.js';

/** An image as it stands upright, and two of its sizes as WebP. */
export interface Drawn {
  width: number;
  height: number;
  small: Buffer;
  large: Buffer;
}

const SMALL = 720;
const LARGE = 2048;
/** 50 million points take 200 MB: a small file that unfolds to more is refused before it is unfolded. */
const MOST_PIXELS = 50_000_000;
const MOST_SECONDS = 20;

/** Draws previews, one image at a time: each may need much memory. They carry no place, camera or comment. */
@Injectable()
export class Previews {
  private turn: Promise<unknown> = Promise.resolve();

  /** Throws 422 `too_many_pixels` and `not_an_image`. */
  async draw(path: string): Promise<Drawn> {
    const drawing = this.turn.then(() => draw(path));
    this.turn = drawing.catch(() => undefined);
    return await drawing;
  }
}

/** The image library weighs 20 MB of memory: it is loaded with the first photo. */
async function draw(path: string): Promise<Drawn> {
  const { default: sharp } = await import('sharp');
  const open = () => sharp(path, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).timeout({ seconds: MOST_SECONDS });
  const seen = await open()
    .metadata()
    .catch((error: unknown) => error);
  if (seen instanceof Error) throw invalidField('/file', isTooLarge(seen) ? 'too_many_pixels' : 'not_an_image');
  const { width, height } = (seen as Awaited<ReturnType<ReturnType<typeof sharp>['metadata']>>).autoOrient;
  if (width * height > MOST_PIXELS) throw invalidField('/file', 'too_many_pixels');
  const within = (side: number) =>
    open().rotate().resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 82 }).toBuffer();
  try {
    return { width, height, small: await within(SMALL), large: await within(LARGE) };
  } catch (error) {
    throw invalidField('/file', isTooLarge(error) ? 'too_many_pixels' : 'not_an_image');
  }
}

const isTooLarge = (error: unknown) => error instanceof Error && /pixel limit|timeout/i.test(error.message);
