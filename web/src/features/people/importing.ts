import type { InviteResult } from '../../../../src/contracts/cohorts/cohorts';
import { api } from '../../api/http';
import { type Sending, sendAtOf } from './sending';

export type Person = Record<string, string>;
export type LineError = InviteResult['errors'][number];

/** A line of the file with what it holds by now. */
export interface Line {
  line: number;
  person: Person;
}

/** A file being prepared: its lines, as they stand after the corrections, and what the server says of them. */
export interface Draft {
  fileName: string;
  lines: Line[];
  ignoredColumns: string[];
  rows: InviteResult['rows'];
  errors: LineError[];
  created: number;
  unchanged: number;
}

/** Reads a file without saving anything. The bytes go as they are: the server tells their charset. */
export async function readFile(cohortId: string, file: File): Promise<Draft> {
  const body = new Blob([file], { type: 'text/csv' });
  const result = await api.post<InviteResult>(`/cohorts/${cohortId}/invitations`, body, {
    query: { dryRun: true },
    headers: { 'content-type': 'text/csv' },
  });
  return { fileName: file.name, lines: result.lines, ignoredColumns: result.ignoredColumns, ...findings(result) };
}

/** Checks the lines again after a correction, or after some were left out. */
export async function check(cohortId: string, draft: Draft, lines: readonly Line[]): Promise<Draft> {
  if (lines.length === 0) return { ...draft, lines: [], rows: [], errors: [], created: 0, unchanged: 0 };
  const people = lines.map(({ person }) => person);
  const result = await api.post<InviteResult>(`/cohorts/${cohortId}/invitations`, { people, dryRun: true });
  return { ...draft, lines: [...lines], ...findings(inFile(result, lines)) };
}

/** What stands in each letter under one's name, and when they go. */
export interface Letters {
  note: string;
  sending: Sending;
}

/** Invites the people of all lines that are good; those with an error stay out. */
export async function inviteGood(cohortId: string, draft: Draft, { note, sending }: Letters): Promise<InviteResult> {
  const bad = new Set(draft.errors.map(({ line }) => line));
  const people = draft.lines.filter(({ line }) => !bad.has(line)).map(({ person }) => person);
  return await api.post<InviteResult>(`/cohorts/${cohortId}/invitations`, {
    ...{ people, ...sendAtOf(sending) },
    ...(note.trim() && { note: note.trim() }),
  });
}

const findings = ({ rows, errors, created, unchanged }: InviteResult) => ({ rows, errors, created, unchanged });

/** People sent as JSON count from 1; the person at the screen looks at the lines of the file. */
function inFile(result: InviteResult, lines: readonly Line[]): InviteResult {
  const at = (line: number) => lines[line - 1]?.line ?? line;
  return {
    ...result,
    rows: result.rows.map((row) => ({ ...row, line: at(row.line) })),
    errors: result.errors.map((error) => ({
      ...error,
      line: at(error.line),
      otherLine: error.otherLine && at(error.otherLine),
    })),
  };
}
