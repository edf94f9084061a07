import type { S3Client } from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type ByteRange, type Content, FileStore } from './file-store.js';

/** Where a bucket is. Without `endpoint` it is Amazon's; any other server is asked by path, as most of them want it. */
export interface S3Place {
  bucket: string;
  endpoint: string | undefined;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** How long, in ms, a line may be silent before it is given up, while one waits for an answer or reads it. */
  silentMs?: number;
}

/** How long a server may take to take a line, in ms. */
const CONNECT_WITHIN_MS = 5_000;
const SILENT_MS = 30_000;

type Library = typeof import('@aws-sdk/client-s3');

/** Keeps files in a bucket of an S3-compatible server, under `shelf/name`. The bucket must exist and be closed to the public. */
export class S3Store extends FileStore {
  private connected: Promise<{ s3: Library; client: S3Client }> | undefined;

  constructor(private readonly place: S3Place) {
    super();
  }

  override async put(shelf: string, name: string, content: Content): Promise<void> {
    const { s3, client } = await this.connect();
    const size = Buffer.isBuffer(content) ? content.length : (await stat(content.path)).size;
    const Body = Buffer.isBuffer(content) ? content : createReadStream(content.path);
    await client.send(
      new s3.PutObjectCommand({ ...this.at(shelf, name), Body, ContentLength: size, ContentType: OCTETS }),
    );
  }

  override async get(shelf: string, name: string): Promise<Buffer | null> {
    const content = await this.open(shelf, name);
    return content && (await buffer(content));
  }

  override async open(shelf: string, name: string, range?: ByteRange): Promise<Readable | null> {
    const { s3, client } = await this.connect();
    const Range = range && `bytes=${range.start}-${range.end}`;
    try {
      const { Body } = await client.send(new s3.GetObjectCommand({ ...this.at(shelf, name), Range }));
      // In Node the library answers with a Node stream.
      return (Body as Readable | undefined) ?? null;
    } catch (error) {
      if (error instanceof s3.NoSuchKey) return null;
      throw error;
    }
  }

  override async remove(shelf: string, name: string): Promise<void> {
    const { s3, client } = await this.connect();
    await client.send(new s3.DeleteObjectCommand(this.at(shelf, name)));
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    if (this.connected) (await this.connected).client.destroy();
  }

  private at(shelf: string, name: string) {
    return { Bucket: this.place.bucket, Key: `${shelf}/${name}` };
  }

  /** The library is large: it is loaded with the first file. */
  private connect(): Promise<{ s3: Library; client: S3Client }> {
    this.connected ??= import('@aws-sdk/client-s3').then((s3) => ({ s3, client: clientOf(s3, this.place) }));
    return this.connected;
  }
}

/** Who reads it directly from the bucket gets a download, too. */
const OCTETS = 'application/octet-stream';

function clientOf(s3: Library, place: S3Place): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey, silentMs = SILENT_MS } = place;
  return new s3.S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey },
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // A server that stays silent would hold up who waits, and a file that is half received, for ever. Once more, in case it was only the line.
    requestHandler: { connectionTimeout: CONNECT_WITHIN_MS, socketTimeout: silentMs },
    maxAttempts: 2,
    // Checksums in trailers are Amazon's own: other servers do not know them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}
