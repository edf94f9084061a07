import type { Person } from '../../contracts/primitives.js';
import type { Matching, MatchingSummary } from '../../contracts/selection/matching.js';
import type { Placeable } from './matching-people.js';
import type { MatchingRow } from './matching.schema.js';
import type { MatchingSummaryRow } from './matchings.repository.js';

type Faces = ReadonlyMap<string, Person>;

const head = (row: MatchingSummaryRow | MatchingRow, faces: Faces) => ({
  ...{ id: String(row._id), number: row.number, seed: row.seed, at: row.at.toISOString(), tookMs: row.tookMs },
  ...{ by: faces.get(String(row.byId))?.name ?? null, shares: row.shares },
  publishedAt: row.publishedAt?.toISOString() ?? null,
});

/** A version in the list. */
export const presentSummary = (row: MatchingSummaryRow, faces: Faces): MatchingSummary => ({
  ...head(row, faces),
  ...{ locks: row.locks, forbidden: row.forbidden },
});

/** A version with its teams; people by the names that their files have now. */
export function presentMatching(row: MatchingRow, files: readonly Placeable[], faces: Faces): Matching {
  const byId = new Map(files.map((one) => [String(one.file.id), one]));
  const person = (applicationId: string) => {
    const one = byId.get(applicationId);
    return { applicationId, name: one?.file.known.name ?? null, craft: one?.craft ?? null };
  };
  return {
    ...head(row, faces),
    ...{ locks: row.locks, forbidden: row.forbidden, together: row.together, apart: row.apart, digest: null },
    teams: row.teams.map(({ projectId, fellows }) => ({
      projectId,
      fellows: fellows.map((fellow) => ({ ...fellow, ...person(fellow.applicationId) })),
    })),
    unplaced: row.unplaced.map((one) => ({ ...one, ...person(one.applicationId) })),
  };
}
