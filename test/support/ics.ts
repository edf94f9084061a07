import ICAL from 'ical.js';

/** An iCalendar text as a calendar program reads it: its zones are those that it brings along. */
export interface ReadCalendar {
  method: string | null;
  zones: string[];
  events: ReadEvent[];
  property: (name: string) => string | null;
}

export interface ReadEvent {
  uid: string;
  title: string;
  description: string;
  sequence: number;
  status: string | null;
  transparency: string | null;
  startsAt: string;
  endsAt: string;
  /** The wall time as it is written, and its zone. */
  wall: string;
  zone: string | null;
  attendees: string[];
  organizer: string | null;
  property: (name: string) => string | null;
}

const textOf = (component: ICAL.Component) => (name: string) => {
  const value = component.getFirstPropertyValue(name);
  return value === null ? null : String(value);
};

/** Reads a text strictly: what does not parse throws. */
export function readIcs(text: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents('vtimezone');
  zones.forEach((zone) => ICAL.TimezoneService.register(new ICAL.Timezone(zone)));
  return {
    method: textOf(calendar)('method'),
    zones: zones.map((zone) => String(zone.getFirstPropertyValue('tzid'))),
    events: calendar.getAllSubcomponents('vevent').map(readEvent),
    property: textOf(calendar),
  };
}

function readEvent(component: ICAL.Component): ReadEvent {
  const event = new ICAL.Event(component);
  const property = textOf(component);
  return {
    uid: event.uid,
    title: event.summary,
    description: event.description,
    sequence: event.sequence,
    status: property('status'),
    transparency: property('transp'),
    startsAt: event.startDate.toJSDate().toISOString(),
    endsAt: event.endDate.toJSDate().toISOString(),
    wall: event.startDate.toString(),
    zone: component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? null,
    attendees: event.attendees.map((one) => String(one.getFirstValue()).toLowerCase()),
    organizer: property('organizer'),
    property,
  };
}
