import { createECDH } from 'node:crypto';

/** The public key of a private one (P-256, base64url), or null for what is none. */
export function publicKeyOf(privateKey: string): string | null {
  const curve = createECDH('prime256v1');
  const bytes = Buffer.from(privateKey, 'base64url');
  if (bytes.length !== 32) return null;
  try {
    curve.setPrivateKey(bytes);
    return curve.getPublicKey('base64url');
  } catch {
    return null;
  }
}

/** The public key need not be given; one that is must be that of the private key. */
export function vapidContradictions(given: Record<string, string | undefined>): string[] {
  const { VAPID_PUBLIC_KEY: shown, VAPID_PRIVATE_KEY: secret } = given;
  if (!secret) return shown ? ['VAPID_PRIVATE_KEY: is needed with VAPID_PUBLIC_KEY'] : [];
  const made = publicKeyOf(secret);
  if (made === null) return ['VAPID_PRIVATE_KEY: is not a private key (P-256, base64url)'];
  return shown && shown !== made ? ['VAPID_PUBLIC_KEY: is not the public key of VAPID_PRIVATE_KEY'] : [];
}
