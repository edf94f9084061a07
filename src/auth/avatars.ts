import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { invalidField } from '../common/problem.js';
import { FileStore } from '../infra/files/file-store.js';

const SIZE = 256;
const SHELF = 'avatars';
const MOST_PIXELS = 50_000_000;
/** By its content, whatever it is called. Vector images are programs of a kind: they are not taken. */
const PHOTOS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);
const NAME = /^[0-9a-f]{24}-[0-9a-f]{16}\.webp$/;

/** Where a face is found; null means initials. */
export const avatarUrl = (avatar: string | null | undefined): string | null =>
  avatar ? `/files/avatars/${avatar}` : null;

/** Faces: a photo is read, turned upright, cut square and stored as WebP without its metadata. */
@Injectable()
export class Avatars {
  constructor(private readonly files: FileStore) {}

  /** Stores a photo and returns its name. Throws 422 `not_an_image`. */
  async store(userId: string, photo: Buffer): Promise<string> {
    const image = await resize(photo);
    const name = `${userId}-${createHash('sha256').update(image).digest('hex').slice(0, 16)}.webp`;
    await this.files.put(SHELF, name, image);
    return name;
  }

  /** The image, or null for whatever is no name of ours. */
  async read(name: string): Promise<Buffer | null> {
    return NAME.test(name) ? await this.files.get(SHELF, name) : null;
  }

  async remove(name: string): Promise<void> {
    await this.files.remove(SHELF, name);
  }
}

/** The image library weighs 20 MB of memory: it is loaded with the first photo. */
async function resize(photo: Buffer): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  try {
    const image = sharp(photo, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
    if (!PHOTOS.has((await image.metadata()).format)) throw new TypeError('not a photo');
    return await image
      .rotate()
      .resize(SIZE, SIZE, { fit: 'cover', position: 'attention' })
      .webp({ quality: 82 })
      .toBuffer();
  } catch {
    throw invalidField('/file', 'not_an_image');
  }
}
