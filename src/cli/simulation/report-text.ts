import type { Lost, Report, Sent } from './report.js';
import type { Simulated } from './simulation.js';

/** Of what should not be there, so many lines. */
const MAX_NAMED = 20;
const LEFT = 34;

/** The report as it is printed. */
export function reportText({ cohort, report }: Simulated, seconds: number): string {
  const { mails, notices, people, kinds, weeks, persons } = report;
  return [
    `${cohort.name}, ${cohort.startsOn} to ${cohort.endsOn}, lived through in ${Math.round(seconds)} s: ${mails} mails and ${notices} notices to ${people} people`,
    table('By kind', kinds, ({ kind }) => kind),
    table('By week', weeks, ({ week }) => week),
    table(
      'By person',
      persons,
      ({ name }) => name,
      ({ busiest }) => `   at most ${busiest} mails a day`,
    ),
    ['Must be 0', ...mustBeNone(report)].join('\n'),
  ].join('\n\n');
}

function table<Row extends { mails: number; notices: number }>(
  title: string,
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  more: (row: Row) => string = () => '',
): string {
  const head = `${title.padEnd(LEFT)} ${'mails'.padStart(7)} ${'notices'.padStart(7)}`;
  const lines = rows.map(
    (row) =>
      `  ${nameOf(row).padEnd(LEFT - 2)} ${String(row.mails).padStart(7)} ${String(row.notices).padStart(7)}${more(row)}`,
  );
  return [head, ...lines].join('\n');
}

function mustBeNone({ quietBroken, doubles, late, lost }: Report): string[] {
  return [
    ...figure('quiet hours broken', quietBroken, sentLine),
    ...figure('doubles', doubles, sentLine),
    ...figure('late', late, sentLine),
    ...figure('never sent', lost, lostLine),
  ];
}

function figure<Row>(name: string, rows: readonly Row[], line: (row: Row) => string): string[] {
  const named = rows.slice(0, MAX_NAMED).map((row) => `    ${line(row)}`);
  const more = rows.length > MAX_NAMED ? [`    and ${rows.length - MAX_NAMED} more`] : [];
  return [`  ${name.padEnd(LEFT - 2)} ${String(rows.length).padStart(7)}`, ...named, ...more];
}

const sentLine = ({ person, kind, about, by, dueAt, at, quiet }: Sent) =>
  `${person.name}: ${kind} “${about}” by ${by}, due ${dueAt.toISOString()}, sent ${at.toISOString()} (${quiet.timeZone})`;

const lostLine = ({ person, kind, about, dueAt, because }: Lost) =>
  `${person.name}: ${kind} “${about}”, due ${dueAt.toISOString()}: ${because}`;
