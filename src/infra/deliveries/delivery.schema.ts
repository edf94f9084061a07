import { Schema, type Types } from 'mongoose';

/** Where deliveries wait: letters that somebody waits for, all others, and what goes to devices and to servers of others. One turn looks for what is due in each. */
export const DELIVERY_WAYS = ['urgent-letters', 'letters', 'pushes', 'webhooks'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];

/**
 * One thing that leaves us. It is `waiting` until it is over, also while it is prepared; `handing` while somebody outside may be taking it. `key` makes it one among
 * those of its kind, whoever finds that it is due.
 */
export interface DeliveryRow<About extends object = object> {
  _id: Types.ObjectId;
  kind: string;
  key: string;
  way: DeliveryWay;
  /** Whom or what it belongs to: with that it is forgotten. */
  of: Types.ObjectId;
  /** What its kind needs to prepare it: ids only, since what it says is read from the state as it is then. */
  about: About;
  state: 'waiting' | 'handing' | 'sent' | 'skipped' | 'failed';
  /** Why it failed, or did not go. */
  because: string | null;
  /** How often somebody tried. */
  tries: number;
  /** Who has it, until `dueAt`. */
  lease: string | null;
  /** When it was written, or last joined: what it is about is written within a minute from then. */
  at: Date;
  /** When somebody is to look at it: it is due, or the lease is over. None: it is over. */
  dueAt?: Date;
  /** Since when it is over. */
  overAt?: Date;
}

export const deliverySchema = new Schema<DeliveryRow>(
  {
    kind: { type: String, required: true },
    key: { type: String, required: true },
    way: { type: String, enum: DELIVERY_WAYS, required: true },
    of: { type: Schema.Types.ObjectId, required: true },
    about: { type: Schema.Types.Mixed, required: true },
    state: { type: String, enum: ['waiting', 'handing', 'sent', 'skipped', 'failed'], required: true },
    because: { type: String, default: null },
    tries: { type: Number, required: true },
    lease: { type: String, default: null },
    at: { type: Date, required: true },
    dueAt: Date,
    overAt: Date,
  },
  { collection: 'deliveries', versionKey: false, minimize: false },
);
deliverySchema.index({ kind: 1, key: 1 }, { unique: true, name: 'one' });
deliverySchema.index({ way: 1, dueAt: 1 }, { name: 'due' });
deliverySchema.index({ of: 1 }, { name: 'of' });
deliverySchema.index({ overAt: 1 }, { name: 'over', sparse: true });
