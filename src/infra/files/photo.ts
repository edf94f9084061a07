import type { Sharp } from 'sharp';
import { invalidField } from '../../common/problem.js';

const MAX_PIXELS = 50_000_000;
/** By its content, whatever it is called. Vector images are programs of a kind: they are not taken. */
const PHOTOS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);

/** A photo that came in, drawn anew, upright: nothing that it says of itself is left. Throws 422 `/file` `not_an_image`. */
export async function drawnPhoto(photo: Buffer, draw: (image: Sharp) => Sharp): Promise<Buffer> {
  // The image library weighs 20 MB of memory: it is loaded with the first photo.
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(photo, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    if (!PHOTOS.has((await image.metadata()).format)) throw new TypeError('not a photo');
    return await draw(image.rotate()).toBuffer();
  } catch {
    throw invalidField('/file', 'not_an_image');
  }
}
