import sharp, { type Sharp } from 'sharp';

/** What is drawn of a picture: how large at most, whether it is cut to fill that, and as what. */
export interface Shape {
  width: number;
  height: number;
  fit: 'inside' | 'cover';
  as: 'webp' | 'png';
}

/** A picture as a file of ours on disk, or as bytes. Of more points than these it is not unfolded. */
export interface Source {
  picture: string | Uint8Array;
  mostPixels: number;
}

type Refused = { problem: 'not_an_image' | 'too_many_pixels' };
/** How large a picture is as it stands upright. */
export type Measured = { width: number; height: number };

const WEBP_QUALITY = 82;
/** An AVIF takes 20 bytes of memory for each point, all others 6 at most. */
const MOST_OF_AVIF = 24_000_000;
/** By its content, whatever it is called. Vector images are programs of a kind: they are not taken. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`);
const PHOTOS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);

// Nothing of the image library that we do not need. No picture is kept for the next one.
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS });

const opened = ({ picture, mostPixels }: Source) => sharp(picture, { limitInputPixels: mostPixels, failOn: 'error' });

/** Reads no more than the head of it. */
export async function measure(source: Source): Promise<Measured | Refused> {
  try {
    const { format, autoOrient } = await opened(source).metadata();
    if (!PHOTOS.has(format)) return { problem: 'not_an_image' };
    const { width, height } = autoOrient;
    const most = format === 'heif' ? Math.min(source.mostPixels, MOST_OF_AVIF) : source.mostPixels;
    return width * height > most ? { problem: 'too_many_pixels' } : { width, height };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Draws it upright, once: the first shape from itself, and each other from the first. What is drawn says nothing of where it was taken. */
export async function draw({ shapes, ...source }: Source & { shapes: Shape[] }): Promise<Buffer[] | Refused> {
  try {
    const [first, ...others] = shapes as [Shape, ...Shape[]];
    const { data, info } = await shaped(opened(source).rotate(), first).raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const drawn = [await written(sharp(data, { raw }), first)];
    for (const shape of others) drawn.push(await written(shaped(sharp(data, { raw }), shape), shape));
    return drawn;
  } catch (error) {
    return refusalOf(error);
  }
}

const shaped = (image: Sharp, { width, height, fit }: Shape): Sharp =>
  fit === 'cover'
    ? image.resize(width, height, { fit, position: 'attention' })
    : image.resize(width, height, { fit, withoutEnlargement: true });

const written = (image: Sharp, { as }: Shape): Promise<Buffer> =>
  (as === 'png' ? image.png() : image.webp({ quality: WEBP_QUALITY })).toBuffer();

const refusalOf = (error: unknown): Refused => ({
  problem: error instanceof Error && /pixel limit/i.test(error.message) ? 'too_many_pixels' : 'not_an_image',
});
