import { MINUTE } from '../../common/times/clock.js';
import { formatFullDay, withOrdinal } from '../../common/times/instants.js';
import { listed } from '../../common/texts/listed.js';
import { dayOf } from '../../common/times/zoned.js';
import type { Locale } from '../../contracts/primitives.js';

/** What a certificate says. Instants are told in the zone in which the workshop was planned. */
export interface Attested {
  name: string;
  title: string;
  kind: 'workshop' | 'talk' | 'seminar' | 'standup';
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  cohort: string;
  hosts: readonly string[];
  /** The day on which it is made out. */
  now: Date;
  locale: Locale;
  /** Of the page that says whether it is ours. */
  address: string;
}

/** The lines of a certificate, from top to bottom; `pageTitle` is what a reader of PDFs calls it. */
export interface CertificateWords {
  heading: string;
  before: string;
  name: string;
  attended: string;
  title: string;
  when: string;
  duration: string;
  cohort: string;
  hosts: string | null;
  made: string;
  /** What a logo is called. */
  logo: string;
  /** Says what {@link address} is for. */
  check: string;
  address: string;
  pageTitle: string;
  fileName: string;
}

const WORDS = {
  en: {
    heading: 'Certificate of attendance',
    before: 'This is to certify that',
    attended: {
      workshop: 'attended the workshop',
      talk: 'attended the talk',
      seminar: 'attended the seminar',
      standup: 'attended the stand-up',
    },
    organised: { workshop: 'organised', talk: 'organised', seminar: 'organised', standup: 'organised' },
    cohort: (organised: string, name: string) => `${organised} for the cohort “${name}”`,
    duration: (hours: string) => `Duration: ${hours}`,
    hosts: (names: string) => `Hosted by ${names}`,
    pageTitle: (heading: string, title: string) => `${heading}: ${title}`,
    made: (day: string) => `Made out on ${day} from the attendance list.`,
    check: 'Verify this certificate at:',
    file: 'certificate',
  },
  fr: {
    heading: 'Attestation de présence',
    before: 'Il est attesté que',
    attended: {
      workshop: 'a participé à l’atelier',
      talk: 'a assisté à la conférence',
      seminar: 'a participé au séminaire',
      standup: 'a participé au point d’équipe',
    },
    organised: { workshop: 'organisé', talk: 'organisée', seminar: 'organisé', standup: 'organisé' },
    cohort: (organised: string, name: string) => `${organised} pour la promotion «\u00a0${name}\u00a0»`,
    duration: (hours: string) => `Durée\u00a0: ${hours}`,
    hosts: (names: string) => `Animation\u00a0: ${names}`,
    pageTitle: (heading: string, title: string) => `${heading}\u00a0: ${title}`,
    made: (day: string) => `Établie le ${day} d’après la liste de présence.`,
    check: 'Vérifier cette attestation\u00a0:',
    file: 'attestation',
  },
} as const;

const TAG: Record<Locale, string> = { en: 'en-GB', fr: 'fr-FR' };

/** The words of a certificate in the language of who gets it. */
export function certificateWords(of: Attested): CertificateWords {
  const { locale, name, title, timeZone, startsAt, endsAt } = of;
  const words = WORDS[locale];
  const span = new Intl.DateTimeFormat(TAG[locale], {
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  });
  return {
    heading: words.heading,
    before: words.before,
    name,
    attended: words.attended[of.kind],
    title,
    // Without a comma after the weekday, as everywhere in the app.
    when: `${withOrdinal(span.formatRange(startsAt, endsAt), locale).replace(/^(\p{L}+),/u, '$1')} (${timeZone})`,
    duration: words.duration(durationOf(endsAt.getTime() - startsAt.getTime(), locale)),
    cohort: words.cohort(words.organised[of.kind], of.cohort),
    hosts: of.hosts.length > 0 ? words.hosts(listed(of.hosts, locale)) : null,
    made: words.made(formatFullDay(of.now, timeZone, locale)),
    logo: of.cohort,
    check: words.check,
    address: of.address,
    pageTitle: words.pageTitle(words.heading, title),
    fileName: `${words.file}-${dayOf(startsAt, timeZone)}.pdf`,
  };
}

/** In hours and minutes. */
function durationOf(milliseconds: number, locale: Locale): string {
  const minutes = Math.round(milliseconds / MINUTE);
  const said = (count: number, unit: 'hour' | 'minute') =>
    count > 0 ? [new Intl.NumberFormat(TAG[locale], { style: 'unit', unit, unitDisplay: 'long' }).format(count)] : [];
  return listed([...said(Math.floor(minutes / 60), 'hour'), ...said(minutes % 60, 'minute')], locale);
}
