import highsModule from 'highs';
import type { Instance } from './model.js';
import { programOf } from './program.js';

/** What a process is asked: an instance, its seed, and for how many seconds it may look. */
export interface ToSolve {
  instance: Instance;
  seed: number;
  withinSeconds?: number;
}

/** Who is in which team; `late` where the best was not proven in time; null where the rules leave no teams at all. */
export type Solved = { teams: [projectId: string, applicationIds: string[]][]; tookMs: number } | 'late' | null;

/** Its types describe a CommonJS module; what Node loads is an ES module. */
const load = highsModule as unknown as typeof highsModule.default;

let solver: ReturnType<typeof load> | undefined;

/** Finds the teams that are worth most. One thread and no gap: the same program gives the same teams. */
export async function solve({ instance, seed, withinSeconds }: ToSolve): Promise<Solved> {
  solver ??= load();
  const highs = await solver;
  const began = performance.now();
  const { text, pairs } = programOf(instance, seed);
  const exact = { threads: 1, mip_rel_gap: 0, mip_abs_gap: 0.5, random_seed: 0 };
  const solution = highs.solve(text, { ...exact, ...(withinSeconds && { time_limit: withinSeconds }) });
  if (solution.Status === 'Infeasible') return null;
  if (solution.Status === 'Time limit reached') return 'late';
  if (solution.Status !== 'Optimal') throw new Error(`the solver ended with ${solution.Status}`);
  const teams = new Map<string, string[]>();
  for (const [name, { applicationId, projectId }] of pairs) {
    const column = solution.Columns[name];
    if (!column || !('Primal' in column) || Math.round(column.Primal) !== 1) continue;
    teams.set(projectId, [...(teams.get(projectId) ?? []), applicationId]);
  }
  return { teams: [...teams], tookMs: Math.round(performance.now() - began) };
}
