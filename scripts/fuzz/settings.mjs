/** Routes that would end the fuzzing itself. Nothing else is left out. */
const LEFT_OUT = [
  ['DELETE', '/api/me/sessions/{id}', 'ends the login of who fuzzes'],
  ['POST', '/api/cohorts/{cohortId}/close', 'closes the cohort for all that follows'],
];

/** Other names for ids: who is meant by these is a person. */
const PEOPLE = ['coachId', 'ownerId', 'toId', 'forUserId', 'author', 'authorId'];
const LISTS_OF_PEOPLE = ['userIds', 'memberIds', 'participants', 'hosts', 'fellowIds', 'hostIds', 'shownHosts'];

/** In one case of so many a made-up id is asked for. */
const REAL = 0.9;

/** An access token lives ten minutes. */
const RENEWED_SECONDS = 240;

/**
 * The settings of schemathesis for one person (reference: its docs/reference/configuration.md), as TOML.
 *
 * @param {{ids: Map<string, string[]>, cursors: Map<string, string>, login: string | null}} what see realIds; `login` is the file that says
 *   how to sign in (see loginFile), none for nobody
 */
export function settingsOf({ ids, cursors, login }) {
  return [
    `hooks = "checks"`,
    `continue-on-failure = true`,
    `warnings = false`,
    `suppress-health-check = ["all"]`,
    `request-timeout = 30.0`,
    `[auth]`,
    `auto-signup = false`,
    ...(login ? [`[auth.wfc]`, `path = ${JSON.stringify(login)}`, `refresh_interval = ${RENEWED_SECONDS}`] : []),
    `[phases]`,
    `enabled = false`,
    `coverage.enabled = true`,
    `fuzzing.enabled = true`,
    `[cache]`,
    `enabled = false`,
    `[generation]`,
    `database = "none"`,
    `[output.truncation]`,
    `max-payload-size = 2000`,
    `max-lines = 40`,
    ...CHECKS,
    ...LEFT_OUT.flatMap(leftOut),
    ...[...cursors].flatMap(realCursor),
    ...realValues(ids),
  ].join('\n');
}

const CHECKS = [
  `[checks]`,
  `enabled = false`,
  ...[
    'not_a_server_error',
    'status_code_conformance',
    'content_type_conformance',
    'response_headers_conformance',
    'response_schema_conformance',
    'negative_data_rejection',
    'document_says_what_is_refused',
  ].map((name) => `${name}.enabled = true`),
  // What is too long is refused for that, whatever else is wrong with it.
  `negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 429, "5xx"]`,
  `max_response_time = 2.0`,
];

const leftOut = ([method, path, why]) => [
  `# ${why}`,
  `[[operations]]`,
  `include-name = ${JSON.stringify(`${method} ${path}`)}`,
  `enabled = false`,
];

/** Only a place that an answer gave is one: a made-up one is refused, and nothing behind it is tried. */
const realCursor = ([path, cursor], index) => [
  `[dictionaries.cursor-${index}]`,
  `values = [${JSON.stringify(cursor)}]`,
  `[[operations]]`,
  `include-name = ${JSON.stringify(`GET ${path}`)}`,
  `parameters = { "query.cursor" = { dictionary = "cursor-${index}", probability = ${REAL} } }`,
];

/** Real ids in the path, in the query and in bodies. */
function realValues(ids) {
  const lines = [...ids].flatMap(([name, values]) => [`[dictionaries.${name}]`, `values = ${JSON.stringify(values)}`]);
  const bind = (where, name) => `"${where}" = { dictionary = "${name}", probability = ${REAL} }`;
  const bound = [...ids.keys()].flatMap((name) =>
    [`path.${name}`, `query.${name}`, `body.${name}`].map((where) => bind(where, name)),
  );
  const people = [
    ...PEOPLE.flatMap((name) => [`query.${name}`, `body.${name}`]),
    ...LISTS_OF_PEOPLE.map((name) => `body.${name}[*]`),
  ];
  if (ids.has('userId')) bound.push(...people.map((where) => bind(where, 'userId')));
  return [...lines, `[parameters]`, ...bound];
}
