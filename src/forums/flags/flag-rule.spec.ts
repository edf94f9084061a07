import { hidesByItself } from './flag-rule.js';

it.each([
  { people: 0, isSeenByStaff: false, hides: false },
  { people: 2, isSeenByStaff: false, hides: false },
  { people: 3, isSeenByStaff: false, hides: true },
  { people: 30, isSeenByStaff: false, hides: true },
  { people: 3, isSeenByStaff: true, hides: false },
  { people: 30, isSeenByStaff: true, hides: false },
])('given $people people who flagged it, seen by staff: $isSeenByStaff, then hidden: $hides', ({ hides, ...given }) => {
  expect(hidesByItself(given)).toBe(hides);
});
