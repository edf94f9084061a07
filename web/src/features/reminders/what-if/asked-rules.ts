import type { LadderRung } from '../../../../../src/contracts/reminders/reminder-ladder';
import type { WhatIf } from '../../../../../src/contracts/reminders/what-if';

/** A rung by the rules that are asked about, those left out being as usual; one that would be off keeps the time by which it is known. */
export function asAsked(rung: LadderRung, change: WhatIf): LadderRung {
  if (change.change !== 'rules') return rung;
  const asked = change.rungs.find(({ kind }) => kind === rung.kind);
  if (asked && !asked.on) return rung;
  return { ...rung, count: asked?.count ?? rung.byDefault.count };
}
