/** What calendars on the web are told of an entry. Instants are ISO with Z. */
export interface WebEntry {
  title: string;
  startsAt: string;
  endsAt: string;
  /** IANA: in which zone it is shown there. */
  timeZone: string;
  place: string | null;
  /** Where more is said: the page here. */
  page: string;
}

/** Addresses that open the form of a new entry, filled in: plain parameters, no script of theirs. They hold what they say and nothing more. */
export const webCalendars = {
  google: ({ title, startsAt, endsAt, timeZone, place, page }: WebEntry) =>
    withQuery('https://calendar.google.com/calendar/render', {
      action: 'TEMPLATE',
      text: title,
      dates: `${compact(startsAt)}/${compact(endsAt)}`,
      ctz: timeZone,
      details: page,
      location: place ?? '',
    }),
  outlook: (entry: WebEntry) => withQuery('https://outlook.live.com/calendar/0/action/compose', composed(entry)),
  office: (entry: WebEntry) => withQuery('https://outlook.office.com/calendar/0/action/compose', composed(entry)),
};

const composed = ({ title, startsAt, endsAt, place, page }: WebEntry) => ({
  rru: 'addevent',
  subject: title,
  startdt: new Date(startsAt).toISOString(),
  enddt: new Date(endsAt).toISOString(),
  body: page,
  location: place ?? '',
});

/** `20261013T120000Z` */
const compact = (instant: string) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

function withQuery(address: string, values: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values)) if (value !== '') url.searchParams.set(name, value);
  return url.href;
}
