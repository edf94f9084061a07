import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Readable } from 'node:stream';
import { People } from '../auth/people.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/times/clock.js';
import { conflict, invalidField, notFound } from '../common/problem.js';
import type { UploadedFile } from '../contracts/files.js';
import { MAX_WAITING_FILES } from '../contracts/limits.js';
import { type ByteRange, FileStore } from '../infra/files/file-store.js';
import { idOf, newId, toId } from '../infra/mongo/ids.js';
import type { Shape } from '../infra/pictures/picture-process.js';
import { MAX_PIXELS, Pictures } from '../infra/pictures/pictures.js';
import { FileHolders } from './file-holders.js';
import { kindOf, pretends } from './file-kinds.js';
import { fileNameFrom } from './file-name.js';
import type { FileRow } from './file.schema.js';
import { mayOpen } from './files.policy.js';
import { FilesRepository } from './files.repository.js';
import { LettingGo } from './letting-go.js';
import { presentFile } from './present-file.js';
import { PlainFiles } from './plain/plain-files.js';
import { Storage } from './storage/storage.js';

/** What came in: where its bytes lie, and the name that its owner gave it. */
export interface Incoming {
  path: string;
  size: number;
  name: string;
}

/** The file as it came (a photo without what it said of itself), or one of the previews of an image. */
export type Variant = 'original' | 'small' | 'large';

/** What is asked of a file as it comes in, from whom no room of a page looks after (imports, who applies to a call). */
export interface Taking {
  /** Asked once the row is written, in its transaction: what it throws keeps nothing. */
  check?: (session: ClientSession) => Promise<void>;
  /** Asked as soon as it is known what the file is, before a picture is drawn of it. */
  accepts?: (type: string) => void;
  /** Of those that share a lane one file at a time is looked at; its owner has one of their own where nothing is said. */
  lane?: string;
  /** No previews are drawn of what nobody is shown within a page. */
  hasPreviews?: boolean;
}

/** Where they are stored. */
export const SHELF = 'uploads';
const within = (side: number): Shape => ({ width: side, height: side, fit: 'inside', as: 'webp' });
const [SMALL, LARGE] = [within(720), within(2048)];

/** An image as it stands upright, and two of its sizes as WebP. */
interface Drawn {
  width: number;
  height: number;
  small: Buffer;
  large: Buffer;
}

/** Under which name a variant is stored. */
export const storedAs = (fileId: Types.ObjectId, variant: Variant): string =>
  variant === 'original' ? String(fileId) : `${String(fileId)}-${variant}.webp`;

/** What is stored of a file. */
export const variantsOf = ({ kind }: Pick<FileRow, 'kind'>): Variant[] =>
  kind === 'image' ? ['original', 'small', 'large'] : ['original'];

/** Files of people: taken in, handed out to who may read them now, thrown away. */
@Injectable()
export class FilesService {
  constructor(
    private readonly files: FilesRepository,
    private readonly holders: FileHolders,
    private readonly plain: PlainFiles,
    private readonly pictures: Pictures,
    private readonly storage: Storage,
    private readonly lettingGo: LettingGo,
    private readonly people: People,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a file in, for a cohort or (null) for a direct conversation; it is its owner's alone until it is sent there. What it is, is told from its content. Throws
   * 422 for `/file`: `empty`, `not_an_image` (a photo by name, but not by content), `too_many_pixels`, `too_intricate` (what it says of itself cannot be told in time,
   * or its previews cannot be drawn in time); 409 `too_many_waiting`, `storage_full`. Then nothing is kept.
   */
  async upload(actor: Actor, cohortId: string | null, incoming: Incoming): Promise<UploadedFile> {
    const ownerId = toId(actor.userId);
    if (!ownerId) throw notFound();
    // Said before a picture is drawn for nothing; who is right about two at once is the transaction that writes.
    if ((await this.files.countWaiting(ownerId, MAX_WAITING_FILES)) >= MAX_WAITING_FILES) throw tooManyWaiting();
    const place = cohortId === null ? null : idOf(cohortId);
    const check = async (session: ClientSession) => {
      await this.people.hold(ownerId, session);
      const waiting = await this.files.countWaiting(ownerId, MAX_WAITING_FILES + 1, session);
      if (waiting > MAX_WAITING_FILES) throw tooManyWaiting();
    };
    const row = await this.takeIn({ ownerId, cohortId: place, imported: false }, incoming, { check });
    return presentFile(String(row._id), row);
  }

  /**
   * As `upload`, for who brings many files from elsewhere: without limits of how many and how fast, but for what `check` and `accepts` throw. Throws 422, 409
   * `storage_full`.
   */
  async takeIn(
    whose: Pick<FileRow, 'ownerId' | 'cohortId' | 'imported'> & { callId?: Types.ObjectId },
    { path, size: sent, name: given }: Incoming,
    { check, accepts, lane = String(whose.ownerId), hasPreviews = true }: Taking = {},
  ): Promise<FileRow> {
    if (sent === 0) throw invalidField('/file', 'empty');
    const name = fileNameFrom(given);
    const { type, size } = await this.plain.take(path, lane);
    accepts?.(type);
    if (pretends(name, type)) throw invalidField('/file', 'not_an_image');
    const kind = kindOf(type);
    const drawn = kind === 'image' && hasPreviews ? await this.draw(path, lane) : null;
    const row: FileRow = {
      ...{ _id: newId(), callId: null, ...whose, name, type, kind, holder: null },
      ...{ size, bytes: size + (drawn ? drawn.small.length + drawn.large.length : 0) },
      ...{ width: drawn?.width ?? null, height: drawn?.height ?? null },
      ...{ state: 'arriving', since: this.clock.now() },
    };
    // The row first: what a killed process leaves behind is found by it, and swept.
    await this.storage.take(row, async (session) => {
      await this.files.insert(row, session);
      await check?.(session);
    });
    await this.keep(row, path, drawn);
    await this.files.arrived(row._id, this.clock.now());
    return row;
  }

  /** Throws an upload of one's own away that was not sent. Throws 404 for all else. */
  async discard(actor: Actor, fileId: string): Promise<void> {
    const [id, ownerId] = [toId(fileId), toId(actor.userId)];
    if (!id || !ownerId || (await this.lettingGo.discard([id], ownerId)) === 0) throw notFound();
  }

  /** Throws files away that were taken in and not sent. */
  async giveUp(rows: readonly FileRow[]): Promise<void> {
    for (const { _id, ownerId } of rows) await this.lettingGo.discard([_id], ownerId);
  }

  /** A file that this person may read now. Throws 404 for all else. */
  async find(userId: string, fileId: string, variant: Variant): Promise<FileRow> {
    const id = toId(fileId);
    const row = id && (await this.files.byId(id));
    if (!row || (variant !== 'original' && row.kind !== 'image')) throw notFound();
    const readsHolder = row.holder ? await this.holders.mayRead(userId, row.holder, row._id) : false;
    if (!mayOpen({ isOwner: String(row.ownerId) === userId, readsHolder }, row)) throw notFound();
    return row;
  }

  /** A file that hangs on a thing, for a room that knows who reads it. Throws 404 for one that does not. */
  async heldBy(
    fileId: Types.ObjectId,
    { kind, id }: Pick<NonNullable<FileRow['holder']>, 'kind' | 'id'>,
  ): Promise<FileRow> {
    const row = await this.files.byId(fileId);
    if (row?.state !== 'held' || row.holder?.kind !== kind || !row.holder.id.equals(id)) throw notFound();
    return row;
  }

  /** Its bytes, or a part of them; null when they are gone. */
  async open(row: FileRow, variant: Variant, range?: ByteRange): Promise<Readable | null> {
    return await this.store.open(SHELF, storedAs(row._id, variant), range);
  }

  /** Removes the bytes of what is gone. */
  async removeBytes(rows: readonly FileRow[]): Promise<void> {
    for (const row of rows)
      await Promise.all(variantsOf(row).map((variant) => this.store.remove(SHELF, storedAs(row._id, variant))));
  }

  private async draw(picture: string, lane: string): Promise<Drawn> {
    const asked = { picture, mostPixels: MAX_PIXELS, shapes: [LARGE, SMALL] };
    const { drawn, ...measured } = await this.pictures.draw(asked, lane);
    const [large, small] = drawn as [Buffer, Buffer];
    return { ...measured, small, large };
  }

  private async keep(row: FileRow, path: string, drawn: Drawn | null): Promise<void> {
    try {
      if (drawn) {
        await this.store.put(SHELF, storedAs(row._id, 'small'), drawn.small);
        await this.store.put(SHELF, storedAs(row._id, 'large'), drawn.large);
      }
      await this.store.put(SHELF, storedAs(row._id, 'original'), { path });
    } catch (error) {
      await this.lettingGo.discard([row._id], row.ownerId);
      throw error;
    }
  }
}

const tooManyWaiting = () => conflict('too_many_waiting', 'Send or remove what you uploaded before.');
