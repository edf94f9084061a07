import type { Icon as TablerIcon } from '@tabler/icons-react';

/** 18 on its own, 16 in meta and states, 14 in badges, 20 in the top bar, 22 in the phone's bar. */
export type IconSize = 14 | 16 | 18 | 20 | 22;

/** An icon of the set, in the look's stroke. It never speaks alone: a word or an aria-label stands with it. */
export function Icon({ of: Shape, size = 18, className }: { of: TablerIcon; size?: IconSize; className?: string }) {
  return <Shape size={size} stroke={size === 14 ? 2 : 1.75} className={className} aria-hidden="true" />;
}
