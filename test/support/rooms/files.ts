import { type IncomingHttpHeaders, request } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { UploadedFile } from '../../../src/contracts/files.js';
import { clientOf } from '../client.js';
import { PASSWORD, type TestPerson } from '../factories.js';

/** Signs a person in and returns the cookie that opens files, as a browser would send it. */
export async function filesCookieOf(url: string, person: TestPerson): Promise<string> {
  const login = await clientOf(url).post('/api/auth/login', { email: person.email, password: PASSWORD });
  const cookie = login.headers.getSetCookie().find((one) => one.startsWith('cordee_files='));
  if (!cookie) throw new Error(`no cookie of files for ${person.name}`);
  return cookie.split(';')[0]!;
}

/** An answer with its bytes. */
export interface FileAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Asks for the path as it is, without what `fetch` would tidy. */
export const fetchFile = (url: string, path: string, cookie: string, headers: Record<string, string> = {}) =>
  new Promise<FileAnswer>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers: { ...headers, ...(cookie && { cookie }) } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });

/** Where a person uploads: for the cohort of which they are, else for direct conversations. */
export const uploadPath = ({ cohortId }: Pick<TestPerson, 'cohortId'>) =>
  cohortId === undefined ? '/api/files' : `/api/cohorts/${cohortId}/files`;

/** Uploads as a browser does. */
export async function upload(
  url: string,
  person: Pick<TestPerson, 'token' | 'cohortId'>,
  content: Buffer | string,
  name = 'notes.txt',
  type = 'application/octet-stream',
): Promise<{ status: number; body: any }> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))], { type }), name);
  const response = await fetch(new URL(uploadPath(person), url), {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}` },
    body: form,
  });
  return { status: response.status, body: await response.json() };
}

/** Uploads what must be taken. */
export async function uploaded(
  url: string,
  person: Pick<TestPerson, 'token' | 'cohortId'>,
  content: Buffer | string = 'some words',
  name = 'notes.txt',
): Promise<UploadedFile> {
  const { status, body } = await upload(url, person, content, name);
  if (status !== 201) throw new Error(`${name} was refused: ${JSON.stringify(body)}`);
  return body as UploadedFile;
}

/** A plain photo. */
export const photo = (width = 900, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: '#c86432' } });

/** A PNG of one bit a point (RFC 2083): `side` x `side` white points in a few kilobytes. */
export function unfolding(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
