/** The part of http_ece (encrypted content coding, RFC 8188) that we use; it brings no types of its own. */
declare module 'http_ece' {
  export function decrypt(
    body: Buffer,
    options: { version: 'aes128gcm'; privateKey: unknown; authSecret: string },
  ): Buffer;
}
