import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { FileStore } from '../infra/files/file-store.js';
import { drawnPhoto } from '../infra/files/photo.js';

const SHELF = 'logos';
/** Sharp in print at the size of a certificate. */
const [WIDTH, HEIGHT] = [960, 320];
const NAME = /^[0-9a-f]{24}-[0-9a-f]{16}\.png$/;

/** Where the logo of a cohort is found; null for none. */
export const logoUrl = (logo: string | null | undefined): string | null => (logo ? `/files/logos/${logo}` : null);

/** Logos of cohorts: an image is read and drawn anew as PNG, whole and without its metadata. */
@Injectable()
export class Logos {
  constructor(private readonly files: FileStore) {}

  /** Stores an image and returns its name. Throws 422 `not_an_image`. */
  async store(cohortId: string, image: Buffer): Promise<string> {
    const drawn = await drawnPhoto(image, (one) =>
      one.resize(WIDTH, HEIGHT, { fit: 'inside', withoutEnlargement: true }).png(),
    );
    const name = `${cohortId}-${randomBytes(8).toString('hex')}.png`;
    await this.files.put(SHELF, name, drawn);
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
