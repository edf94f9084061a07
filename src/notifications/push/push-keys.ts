import { Inject, Injectable } from '@nestjs/common';
import { ECDH, createECDH, hkdfSync } from 'node:crypto';
import { CONFIG, type Config } from '../../config/config.js';

/** What proves to push services that it is us who write (VAPID, RFC 8292). */
export interface VapidKeys {
  subject: string;
  publicKey: string;
  privateKey: string;
}

/**
 * The keys of the configuration, or, where none are given, a pair that follows from the signing secret: the same in every process and after every
 * restart, without a place to keep it (docs/adr/0025).
 */
@Injectable()
export class PushKeys {
  readonly vapid: VapidKeys;

  constructor(@Inject(CONFIG) { VAPID_PRIVATE_KEY, VAPID_SUBJECT, MAIL_FROM, JWT_SECRET }: Config) {
    const given = VAPID_PRIVATE_KEY === '' ? null : Buffer.from(VAPID_PRIVATE_KEY, 'base64url');
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(given ?? Buffer.from(hkdfSync('sha256', JWT_SECRET, '', 'vapid', 32)));
    this.vapid = {
      subject: VAPID_SUBJECT || `mailto:${/<([^<>]+)>\s*$/.exec(MAIL_FROM)?.[1] ?? MAIL_FROM.trim()}`,
      publicKey: curve.getPublicKey('base64url'),
      privateKey: curve.getPrivateKey('base64url').padStart(43, 'A'),
    };
  }
}

/** Whether a public key lies on the curve. */
export function isPoint(publicKey: string): boolean {
  try {
    return ECDH.convertKey(publicKey, 'prime256v1', 'base64url').length > 0;
  } catch {
    return false;
  }
}
