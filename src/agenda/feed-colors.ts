/** Calendar programs are told a colour by its name in CSS3 (RFC 7986, section 5.9): the nearest to that of the cohort. */
const NEAREST: Record<string, string> = {
  lac: 'steelblue',
  sapin: 'seagreen',
  ocre: 'goldenrod',
  corde: 'sienna',
  bruyere: 'mediumvioletred',
  iris: 'slateblue',
  mousse: 'olivedrab',
  ardoise: 'slategray',
};

/** The CSS3 name of a cohort's colour. */
export const colorOf = (cohortColor: string): string => NEAREST[cohortColor] ?? 'slategray';
