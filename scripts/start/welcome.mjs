const people = [
  ['admin', 'runs the installation'],
  ['staff', 'runs the cohort: the board, invitations, workshops'],
  ['coach', 'coaches: availability, sessions, notes'],
  ['coach2', 'another coach'],
  ['host', 'an agency that hosts a project'],
  ['fellow', 'a fellow: workshops, coaching, forum, chat'],
  ['fellow2', 'another fellow, for a second browser'],
  ['fellow3', 'a third one'],
  ['juror', 'reads files of the next cohort’s call, and sees nothing else'],
  ['applicant', 'has begun an application to the next cohort, and not handed it in'],
  ['agency', 'handed in a proposal for the next cohort'],
  ['outsider', 'a fellow of another cohort'],
];

const firstAdmin = 'npm run cli -- admin you@example.org';
const peopleOf = {
  demo: [
    `  Sign in with the password cordee-demo-2026 as`,
    ...people.map(([name, what]) => `    ${`${name}@demo.cordee.example`.padEnd(30)}${what}`),
  ],
  nobody: [`  It is empty. Make the first admin, in another terminal:  ${firstAdmin}`],
  own: [
    `  It was begun without the demo: sign in with an account of your own.`,
    `  The first admin, if there is none yet, in another terminal:  ${firstAdmin}`,
  ],
};

/** What `npm start` prints when everything answers. */
export function welcome({ url, host, who, seconds, logFile, caught }) {
  const start = [``, `Cordée is running at ${url} (ready in ${seconds} s)`, ``];
  const outside = /^(127\.|::1$|localhost$)/.test(host)
    ? []
    : [
        `  It listens on ${host}: whoever reaches that address can sign in with published passwords and read all mail it sends.`,
        ``,
      ];
  const more = [
    ``,
    ...(caught ? [`  The mail it sends   ${url}/dev/mail`] : []),
    `  The API             ${url}/api/docs`,
    `  Its log             ${logFile}`,
    ``,
    `Ctrl-C stops it; everything is kept for the next start.`,
  ];
  return [...start, ...outside, ...peopleOf[who], ...more].join('\n');
}
