import { type Attested, certificateWords } from './certificate-words.js';

const attested = (more: Partial<Attested> = {}): Attested => ({
  name: 'Inès Łukasz',
  title: 'Opening a repository',
  kind: 'workshop',
  startsAt: new Date('2026-10-25T00:30:00Z'),
  endsAt: new Date('2026-10-25T02:00:00Z'),
  timeZone: 'Europe/Paris',
  cohort: 'Cohort 7',
  hosts: ['Paul', 'Zoé'],
  now: new Date('2026-10-26T23:30:00Z'),
  locale: 'en',
  ...more,
});
const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

describe('what a certificate says', () => {
  it('given English, then whose, what, when in the zone of the workshop, and by whom', () => {
    const words = certificateWords(attested());
    expect(words).toMatchObject({
      heading: 'Certificate of attendance',
      name: 'Inès Łukasz',
      attended: 'attended the workshop',
      cohort: 'organised for the cohort “Cohort 7”',
      hosts: 'Hosted by Paul and Zoé',
      fileName: 'certificate-2026-10-25.pdf',
    });
    // From 02:30 before the clock goes back to 03:00 after it: an hour and a half.
    expect(plain(words.when)).toBe('Sunday 25 October 2026, 02:30–03:00 (Europe/Paris)');
    expect(words.made).toBe('Made out on 27 October 2026 from the attendance list.');
  });

  it('given French, then in French', () => {
    const words = certificateWords(attested({ locale: 'fr', kind: 'talk', hosts: [] }));
    expect(words).toMatchObject({
      heading: 'Attestation de présence',
      attended: 'a assisté à la conférence',
      hosts: null,
    });
    expect(plain(words.cohort)).toBe('organisé pour la promotion « Cohort 7 »');
    expect(words.made).toBe('Établie le 27 octobre 2026 d’après la liste de présence.');
  });
});
