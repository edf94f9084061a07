import { type InferSchemaType, Schema, type Types } from 'mongoose';

/**
 * One person in one cohort. `endedAt` is set when they left or were removed; the row stays, for history. `changedAt` (real time) is
 * when the row was last written to: each process asks what changed, so that rooms of sockets follow even while Redis is away.
 */
export const membershipSchema = new Schema(
  {
    cohortId: { type: Schema.Types.ObjectId, required: true },
    userId: { type: Schema.Types.ObjectId, required: true },
    role: { type: String, enum: ['fellow', 'coach', 'host', 'staff', 'alumni'], required: true },
    projectId: { type: Schema.Types.ObjectId, default: null },
    /** The craft that staff gave them here, by their invitation or later: they read what is asked of it. What people say of themselves is in their profile. */
    craft: { type: String, default: null },
    joinedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    changedAt: { type: Date },
    /** When a coach left or took another role, and to whom staff then gave what waited for them (null: whoever of staff has least). */
    handOver: {
      type: new Schema(
        { at: { type: Date, required: true }, toId: { type: Schema.Types.ObjectId, default: null } },
        { _id: false },
      ),
      default: null,
    },
    /** It ended with the account of its person and comes back with it, with what they had: their project, and those they hosted or coached. */
    suspended: new Schema(
      {
        projectId: { type: Schema.Types.ObjectId, default: null },
        hostOf: { type: [Schema.Types.ObjectId], default: [] },
        coachOf: { type: [Schema.Types.ObjectId], default: [] },
      },
      { _id: false },
    ),
  },
  { collection: 'memberships', versionKey: false },
);
membershipSchema.index({ cohortId: 1, userId: 1 }, { unique: true, name: 'member' });
membershipSchema.index({ userId: 1, endedAt: 1 }, { name: 'person' });
membershipSchema.index({ cohortId: 1, endedAt: 1, role: 1 }, { name: 'role' });
membershipSchema.index({ projectId: 1, endedAt: 1 }, { name: 'project' });
membershipSchema.index({ changedAt: 1 }, { name: 'changed', sparse: true });

export type MembershipRow = InferSchemaType<typeof membershipSchema> & { _id: Types.ObjectId };
