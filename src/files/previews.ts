import { Injectable } from '@nestjs/common';
import { BatchPerKey } from '../common/batch-per-key.js';
import { invalidField } from '../common/problem.js';

/** An image as it stands upright, and two of its sizes as WebP. */
export interface Drawn {
  width: number;
  height: number;
  /** What to keep in place of a photo that says where, with what or by whom it was taken: null for one that says nothing. */
  plain: Buffer | null;
  small: Buffer;
  large: Buffer;
}

const SMALL = 720;
const LARGE = 2048;
/** So near to the photo that nobody tells them apart. */
const PLAIN_QUALITY = 95;
/** 50 million points take 200 MB: a small file that unfolds to more is refused before it is unfolded. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 20;

/**
 * Draws images, one at a time: each may need much memory. Of one person one is in line, so that whoever sends many keeps others waiting for one of them. What is
 * drawn carries no place, camera or comment.
 */
@Injectable()
export class Previews {
  private turn: Promise<unknown> = Promise.resolve();
  private readonly ofPeople = new BatchPerKey<string, Drawn>(
    (_, paths) => Promise.all(paths.map((path) => this.inLine(path))),
    1,
  );

  /** Throws 422 `too_many_pixels` and `not_an_image`. */
  async draw(path: string, ownerId: string): Promise<Drawn> {
    return await this.ofPeople.ask(ownerId, path);
  }

  private async inLine(path: string): Promise<Drawn> {
    const drawing = this.turn.then(() => draw(path));
    this.turn = drawing.catch(() => undefined);
    return await drawing;
  }
}

/** The image library weighs 20 MB of memory: it is loaded with the first photo. */
async function draw(path: string): Promise<Drawn> {
  const { default: sharp } = await import('sharp');
  const open = () => sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).timeout({ seconds: MAX_SECONDS });
  const seen = await open()
    .metadata()
    .catch((error: unknown) => error);
  if (seen instanceof Error) throw invalidField('/file', isTooLarge(seen) ? 'too_many_pixels' : 'not_an_image');
  const about = seen as Awaited<ReturnType<ReturnType<typeof sharp>['metadata']>>;
  const { width, height } = about.autoOrient;
  if (width * height > MAX_PIXELS) throw invalidField('/file', 'too_many_pixels');
  const within = (side: number) =>
    open().rotate().resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 82 }).toBuffer();
  const plain = async () => {
    const upright = sharp(path, { limitInputPixels: MAX_PIXELS, animated: true })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .keepIccProfile();
    // AVIF goes by the name of the container that it lies in, which by itself means another, patented, kind of image.
    const isAvif = about.format === 'heif';
    const written = isAvif
      ? upright.avif({ quality: PLAIN_QUALITY })
      : upright.toFormat(about.format, { quality: PLAIN_QUALITY });
    return await written.toBuffer();
  };
  const tells = about.exif ?? about.xmp ?? about.iptc;
  try {
    return {
      width,
      height,
      plain: tells ? await plain() : null,
      small: await within(SMALL),
      large: await within(LARGE),
    };
  } catch (error) {
    throw invalidField('/file', isTooLarge(error) ? 'too_many_pixels' : 'not_an_image');
  }
}

const isTooLarge = (error: unknown) => error instanceof Error && /pixel limit|timeout/i.test(error.message);
