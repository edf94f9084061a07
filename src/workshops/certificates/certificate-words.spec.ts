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
  address: 'https://cordee.example/certificates/7KQ2-9M4X-B0TD-W5HA',
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
      duration: 'Duration: 1 hour and 30 minutes',
      hosts: 'Hosted by Paul and Zoé',
      check: 'Verify this certificate at:',
      address: 'https://cordee.example/certificates/7KQ2-9M4X-B0TD-W5HA',
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
      check: 'Vérifier cette attestation\u00a0:',
      attended: 'a assisté à la conférence',
      hosts: null,
    });
    expect(plain(words.duration)).toBe('Durée : 1 heure et 30 minutes');
    expect(plain(words.cohort)).toBe('organisée pour la promotion « Cohort 7 »');
    expect(words.made).toBe('Établie le 27 octobre 2026 d’après la liste de présence.');
    expect(words.pageTitle).toBe('Attestation de présence\u00a0: Opening a repository');
  });

  it.each([
    ['workshop', 'organisé'],
    ['talk', 'organisée'],
    ['seminar', 'organisé'],
    ['standup', 'organisé'],
  ] as const)('given French and a %s, then it is %s', (kind, organised) => {
    expect(certificateWords(attested({ locale: 'fr', kind })).cohort).toMatch(new RegExp(`^${organised} `));
  });

  it('given the first of a month, then French says it as an ordinal', () => {
    const day = { startsAt: new Date('2026-11-01T08:00:00Z'), endsAt: new Date('2026-11-01T09:00:00Z') };
    const words = certificateWords(attested({ ...day, now: day.endsAt, locale: 'fr' }));
    expect(plain(words.when)).toMatch(/^dimanche 1er novembre 2026/);
    expect(words.made).toBe('Établie le 1er novembre 2026 d’après la liste de présence.');
  });
});
