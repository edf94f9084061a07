import type { Placeable, ToMatch } from './matching-people.js';
import type { MatchingRow } from './matching.schema.js';

/** Somebody in a team, with what was handed in; null once that is not there any more. */
export interface InTeam {
  applicationId: string;
  projectId: string;
  person: Placeable | null;
}

/** Who is in the teams of a version. Of who stands in it with two files one seat is left, that of the newer one. */
export function inTeamsOf({ teams }: Pick<MatchingRow, 'teams'>, { people, files }: ToMatch): InTeam[] {
  const byId = new Map(files.map((one) => [String(one.file.id), one]));
  const newest = new Set(people.map(({ file }) => String(file.id)));
  const seats = teams.flatMap(({ projectId, fellows }) =>
    fellows.map(({ applicationId }): InTeam => ({
      ...{ applicationId, projectId, person: byId.get(applicationId) ?? null },
    })),
  );
  const seatOf = new Map<string, InTeam>();
  for (const seat of seats) {
    const email = seat.person?.file.email;
    if (email !== undefined && (!seatOf.has(email) || newest.has(seat.applicationId))) seatOf.set(email, seat);
  }
  return seats.filter((seat) => !seat.person || seatOf.get(seat.person.file.email) === seat);
}
