const people = [
  ['admin', 'runs the installation'],
  ['staff', 'runs the cohort: the board, invitations, workshops'],
  ['coach', 'coaches: availability, sessions, notes'],
  ['coach2', 'another coach'],
  ['host', 'an agency that hosts a project'],
  ['fellow', 'a fellow: workshops, coaching, forum, chat'],
  ['fellow2', 'another fellow, for a second browser'],
  ['fellow3', 'a third one'],
  ['outsider', 'a fellow of another cohort'],
];

/** What `npm start` prints when everything answers. */
export function welcome({ url, empty, seconds, logFile, caught }) {
  const start = [``, `Cordée is running at ${url} (ready in ${seconds} s)`, ``];
  const who = empty
    ? [`  It is empty. Make the first admin, in another terminal:  npm run cli -- admin you@example.org`]
    : [
        `  Sign in with the password cordee-demo-2026 as`,
        ...people.map(([name, what]) => `    ${`${name}@demo.cordee.example`.padEnd(30)}${what}`),
      ];
  const more = [
    ``,
    ...(caught ? [`  The mail it sends   ${url}/dev/mail`] : []),
    `  The API             ${url}/api/docs`,
    `  Its log             ${logFile}`,
    ``,
    `Ctrl-C stops it; everything is kept for the next start.`,
  ];
  return [...start, ...who, ...more].join('\n');
}
