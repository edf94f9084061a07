import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { FileStore } from '../infra/files/file-store.js';
import { MAX_FACE_PIXELS, Pictures } from '../infra/pictures/pictures.js';

const SHELF = 'logos';
/** Sharp in print at the size of a certificate. */
const LOGO = { width: 960, height: 320, fit: 'inside', as: 'png' } as const;
const NAME = /^[0-9a-f]{24}-[0-9a-f]{16}\.png$/;

/** Where the logo of a cohort is found; null for none. */
export const logoUrl = (logo: string | null | undefined): string | null => (logo ? `/files/logos/${logo}` : null);

/** Logos of cohorts: an image is read and drawn anew as PNG, whole and without its metadata. */
@Injectable()
export class Logos {
  constructor(
    private readonly files: FileStore,
    private readonly pictures: Pictures,
  ) {}

  /** Stores an image that somebody sent and returns its name. Throws 422 `not_an_image`, `too_many_pixels`, `too_intricate`. */
  async store(cohortId: string, image: Buffer, byId: string): Promise<string> {
    const asked = { picture: image, mostPixels: MAX_FACE_PIXELS, shapes: [LOGO] };
    const [drawn] = (await this.pictures.draw(asked, byId)).drawn as [Buffer];
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
