import type { Types } from 'mongoose';
import type { NewDelivery } from '../../infra/deliveries/deliveries.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import type { PLACE_NEWS } from '../registrations/place-news.js';

/** What a letter to a guest is about: how to go on (`asked`), their place (`ended`: a host took it), or that the workshop was moved or called off (`changed`). */
export type GuestLetterKind = 'asked' | (typeof PLACE_NEWS)[number] | 'ended' | 'changed' | 'message';

/** What a letter says is read from the workshop and the guest's place when it is written, so that one that comes late says nothing old. */
export interface AboutGuest {
  workshopId: Types.ObjectId;
  kind: GuestLetterKind;
  /** Of `asked`: the key of the form that it is about, which its link confirms. */
  form?: string;
  /** Of a `message`: what the hosts wrote is read by its id. */
  messageId?: Types.ObjectId;
  /** Of `changed`: the workshop as of this revision; a later one has a letter of its own. */
  revision?: number;
}

/** A letter to a guest, to go now or at `dueAt`. */
export type NewGuestLetter = AboutGuest & { guestId: Types.ObjectId } & Pick<NewDelivery<AboutGuest>, 'key' | 'dueAt'>;

/** A letter to a guest that is to be written. */
export type GuestLetter = Pick<DeliveryRow<AboutGuest>, '_id' | 'of' | 'at' | 'about'>;
