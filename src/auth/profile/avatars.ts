import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { FileStore } from '../../infra/files/file-store.js';
import { MAX_FACE_PIXELS, Pictures } from '../../infra/pictures/pictures.js';

const FACE = { width: 256, height: 256, fit: 'cover', as: 'webp' } as const;
const SHELF = 'avatars';
const NAME = /^[0-9a-f]{24}-[0-9a-f]{16}\.webp$/;

/** Where a face is found; null means initials. */
export const avatarUrl = (avatar: string | null | undefined): string | null =>
  avatar ? `/files/avatars/${avatar}` : null;

/** Faces: a photo is read, turned upright, cut square and stored as WebP without its metadata. */
@Injectable()
export class Avatars {
  constructor(
    private readonly files: FileStore,
    private readonly pictures: Pictures,
  ) {}

  /** Stores a photo and returns its name. Throws 422 `not_an_image`, `too_many_pixels`, `too_intricate`. */
  async store(userId: string, photo: Buffer): Promise<string> {
    const asked = { picture: photo, mostPixels: MAX_FACE_PIXELS, shapes: [FACE] };
    const [image] = (await this.pictures.draw(asked, userId)).drawn as [Buffer];
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
