import type { Types } from 'mongoose';

const NOBODYS = '@taken-back.invalid';

/**
 * The address of an account that was taken back while its old address belonged to another account: no mail reaches it (RFC 6761, section 6.4), nobody signs in with it.
 * Who holds the link by which it was taken back, and no other, names the next one.
 */
export const keptFor = (undoId: Types.ObjectId): string => `${String(undoId)}${NOBODYS}`;

export const isKept = (email: string): boolean => email.endsWith(NOBODYS);
