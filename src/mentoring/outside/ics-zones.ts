import ICAL from 'ical.js';
import { DAY, MINUTE } from '../../common/times/clock.js';
import { ZoneOffsets } from '../../common/times/zone-offsets.js';
import { zoneNameOf } from '../../contracts/time-zone.js';

/** Turns time on a wall into instants. Wall time is counted as if it were UTC: ms since 1970-01-01T00:00 on the wall. */
export interface Wall {
  instantOf: (wall: number) => number;
}

export const UTC: Wall = { instantOf: (wall) => wall };

/** A zone by its place. A word alone (`EST`, `IST`) means one thing in the database of zones and another to whoever wrote it. */
const PLACE = /\//;

/**
 * The zones that a calendar speaks of. A name that is an IANA zone means that zone; another one (`Romance Standard Time`) is what the
 * calendar itself says of it, and so is a word of which it says something. What has no zone, or one of which nothing is known, is time on the wall of `own`.
 */
export class IcsZones {
  private readonly known = new Map<string, Wall>();
  private readonly blocks = new Map<string, ICAL.Component>();
  readonly own: Wall;

  constructor(ownZone: string, blocks: readonly string[]) {
    this.own = ianaZone(ownZone) ?? UTC;
    for (const block of blocks) {
      const component = new ICAL.Component(ICAL.parse(block) as unknown[]);
      const name = component.getFirstPropertyValue('tzid');
      if (typeof name === 'string') this.blocks.set(name, component);
    }
  }

  of(name: string | null): Wall {
    if (name === null) return this.own;
    const known = this.known.get(name);
    if (known) return known;
    const zone = this.found(name);
    this.known.set(name, zone);
    return zone;
  }

  private found(name: string): Wall {
    const block = this.blocks.get(name);
    const described = block && describedZone(name, block);
    return (PLACE.test(name) && ianaZone(name)) || (described ?? ianaZone(name) ?? this.own);
  }
}

function ianaZone(written: string): Wall | null {
  const name = zoneNameOf(written);
  if (name === null) return null;
  const offsets = ZoneOffsets.of(name);
  return {
    instantOf: (wall) => {
      const day = Math.floor(wall / DAY);
      return offsets.instantOf(day, (wall - day * DAY) / MINUTE);
    },
  };
}

function describedZone(tzid: string, component: ICAL.Component): Wall {
  const zone = new ICAL.Timezone({ tzid, component });
  return {
    instantOf: (wall) => {
      const at = new Date(wall);
      const time = new ICAL.Time(
        {
          year: at.getUTCFullYear(),
          month: at.getUTCMonth() + 1,
          day: at.getUTCDate(),
          hour: at.getUTCHours(),
          minute: at.getUTCMinutes(),
          second: at.getUTCSeconds(),
          isDate: false,
        },
        zone,
      );
      return time.toUnixTime() * 1000;
    },
  };
}
