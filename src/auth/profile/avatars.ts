import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { FileStore } from '../../infra/files/file-store.js';
import { drawnPhoto } from '../../infra/files/photo.js';

const SIZE = 256;
const SHELF = 'avatars';
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
    const image = await drawnPhoto(photo, (drawn) =>
      drawn.resize(SIZE, SIZE, { fit: 'cover', position: 'attention' }).webp({ quality: 82 }),
    );
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
