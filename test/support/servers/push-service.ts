import { decrypt } from 'http_ece';
import { importJWK, jwtVerify } from 'jose';
import { createECDH, randomBytes } from 'node:crypto';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushMessage, PutPushSubscription } from '../../../src/contracts/notifications/push.js';

/** A real push service: takes what is pushed to the devices it knows and reads it as their browsers would. */
export interface PushService {
  /** A browser that asked for a subscription; `messages` is what it was pushed. */
  device: () => PushDevice;
  stop: () => Promise<void>;
}

export interface PushDevice {
  subscription: PutPushSubscription;
  messages: { message: PushMessage; headers: IncomingHttpHeaders; bytes: Buffer }[];
  asked: () => number;
  /** What the service answers from now on; 201 takes it. */
  answer: (status: number) => void;
}

export async function startPushService(publicKey: () => string): Promise<PushService> {
  const devices = new Map<string, (headers: IncomingHttpHeaders, bytes: Buffer) => Promise<number>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const take = devices.get(request.url ?? '');
      (take?.(request.headers, Buffer.concat(chunks)) ?? Promise.resolve(404)).then(
        (status) => response.writeHead(status).end(),
        () => response.writeHead(400).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    device: () => {
      const [keys, authSecret, path] = [
        createECDH('prime256v1'),
        randomBytes(16),
        `/push/${randomBytes(12).toString('hex')}`,
      ];
      keys.generateKeys();
      const messages: PushDevice['messages'] = [];
      let [status, asked] = [201, 0];
      devices.set(path, async (headers, bytes) => {
        asked += 1;
        await checkVapid(headers.authorization ?? '', publicKey(), base);
        if (status !== 201) return status;
        const text = decrypt(bytes, {
          version: 'aes128gcm',
          privateKey: keys,
          authSecret: authSecret.toString('base64url'),
        });
        messages.push({ message: JSON.parse(text.toString()) as PushMessage, headers, bytes });
        return status;
      });
      return {
        subscription: {
          endpoint: base + path,
          keys: { p256dh: keys.getPublicKey('base64url'), auth: authSecret.toString('base64url') },
        },
        messages,
        asked: () => asked,
        answer: (next) => (status = next),
      };
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Throws unless it was signed by the holder of our key, for this service (RFC 8292). */
async function checkVapid(authorization: string, publicKey: string, audience: string): Promise<void> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(\S+)$/.exec(authorization) ?? [];
  if (key !== publicKey) throw new Error('another key');
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  await jwtVerify(token, await importJWK({ kty: 'EC', crv: 'P-256', x: x!, y: y! }, 'ES256'), { audience });
}
