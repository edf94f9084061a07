import sharp, { type Sharp } from 'sharp';

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';
const PLACE = '48/1 51/1 12345/1000';

/** A picture in which every point differs from its neighbours, as in a photo. */
export function points(width: number, height: number): Sharp {
  const raw = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      raw.set([(x * 255) / width, (y * 255) / height, ((x * y) >> 5) & 255], (y * width + x) * 3);
  return sharp(raw, { raw: { width, height, channels: 3 } });
}

/** A kind of picture that people send. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif';
/** As bytes of that kind. */
export const written = (image: Sharp, kind: PictureKind) =>
  kind === 'avif' ? image.avif({ quality: 60, effort: 0 }) : image.toFormat(kind);
/** One that says whose it is, where it was taken, and how it lies. */
export const saying = (image: Sharp, kind: PictureKind, orientation = 1) =>
  written(image, kind)
    .withExif({ IFD0: { Artist: 'Ines Fabre', Copyright: 'hers' }, IFD3: { GPSLatitude: PLACE } })
    .withXmp(XMP)
    .withIccProfile('p3')
    .withMetadata({ orientation })
    .toBuffer();
/** What one says of itself. */
export const told = async (bytes: Buffer) => {
  const { exif, xmp, iptc, orientation, icc } = await sharp(bytes).metadata();
  return { exif, xmp, iptc, orientation, hasColours: icc !== undefined };
};
const drawn = async (bytes: Buffer, upright = false) => {
  const image = sharp(bytes, { animated: true });
  return await (upright ? image.autoOrient() : image).raw().toBuffer({ resolveWithObject: true });
};
/** Both are drawn. */
export async function expectSamePoints(one: Buffer, other: Buffer, upright = false) {
  const [before, after] = [await drawn(one, upright), await drawn(other, upright)];
  expect(after.info).toMatchObject({ width: before.info.width, height: before.info.height });
  expect(after.data.equals(before.data)).toBe(true);
}
