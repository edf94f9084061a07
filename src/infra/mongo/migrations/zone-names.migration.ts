import type { mongo } from 'mongoose';
import { zoneNameOf } from '../../../contracts/time-zone.js';

/** Where rows say a zone. Forms of guests, of which one becomes the row, are told apart below. */
const ZONES: Record<string, string> = {
  users: 'timeZone',
  cohorts: 'timeZone',
  availabilities: 'timeZone',
  cycles: 'timeZone',
  workshops: 'timeZone',
  'workshop-series': 'timeZone',
  'workshop-certificates': 'says.timeZone',
  'workshop-guests': 'timeZone',
  'outside-calendars': 'zone',
};
const BATCH = 500;

/**
 * Rows of before say a zone in any mix of capitals, or by a word that nothing can compute with (`PST`). Each gets the one name of the zone that was meant: what
 * `Intl` took it for, since hours were shown by that; and UTC where nobody knows.
 */
export async function nameZones(db: mongo.Db): Promise<void> {
  for (const [name, field] of Object.entries(ZONES)) await nameThoseOf(db.collection(name), field);
  const guests = db.collection<{ forms: { timeZone: string }[] }>('workshop-guests');
  for await (const { _id, forms } of guests.find({ 'forms.0': { $exists: true } }, { projection: { forms: 1 } })) {
    if (forms.every(({ timeZone }) => zoneNameOf(timeZone) === timeZone)) continue;
    const named = forms.map((form) => ({ ...form, timeZone: zoneMeant(form.timeZone) }));
    // One that is asked for or confirmed meanwhile is left to who does.
    await guests.updateOne({ _id, forms }, { $set: { forms: named } });
  }
}

async function nameThoseOf(rows: mongo.Collection, field: string): Promise<void> {
  const steps: mongo.AnyBulkWriteOperation[] = [];
  const write = async () => {
    if (steps.length > 0) await rows.bulkWrite(steps.splice(0), { ordered: false });
  };
  const said = rows.find<{ _id: mongo.ObjectId; zone: unknown }>({}, { projection: { zone: `$${field}` } });
  for await (const { _id, zone } of said) {
    if (typeof zone !== 'string' || zoneNameOf(zone) === zone) continue;
    steps.push({ updateOne: { filter: { _id, [field]: zone }, update: { $set: { [field]: zoneMeant(zone) } } } });
    if (steps.length >= BATCH) await write();
  }
  await write();
}

function zoneMeant(written: string): string {
  const name = zoneNameOf(written);
  if (name !== null) return name;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions();
    return zoneNameOf(timeZone) ?? 'UTC';
  } catch {
    return 'UTC';
  }
}
