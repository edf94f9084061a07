import type { Craft } from '../../contracts/roles.js';
import { type Opening, placesOf } from './model.js';

/** Somebody who is to come into the team of a project. */
interface Coming {
  projectId: string;
  craft: Craft | null;
}

/** The projects that have fewer places of a craft by now than are to come with it: since teams were made, places were taken away or changed. */
export function withoutRoom(coming: readonly Coming[], projects: readonly Opening[]): Set<string> {
  const open = new Map(projects.map((project) => [project.id, project]));
  const taken = new Map<string, number>();
  const short = new Set<string>();
  for (const { projectId, craft } of coming) {
    const key = `${projectId} ${String(craft)}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    const project = open.get(projectId);
    if (!project || placesOf(project, craft) < count) short.add(projectId);
  }
  return short;
}
