import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { isProblem } from '../../../api/problem';
import { useDraft } from '../../../ui/forms/draft';
import { keepCall, pathOf } from '../queries';
import { changedParts, type Draft, draftOf, keptOf, type Kept, merged, only, unfinished } from './draft';

/** One writes on while it is saved; a pause in the typing is what saves. */
const PAUSE_MS = 700;
/** So long after it did not get through it is tried again. */
const AGAIN_MS = 8_000;

/**
 * What one writes of a call, saved by itself; in this browser, too, until it is. What somebody else saved meanwhile comes in by its parts; where both changed the same one, mine waits in
 * `both` until one takes theirs (`take`) or saves over it (`keep`). `flush` saves now, and says whether all of it is.
 */
export function useCallDraft(cohortId: string, call: Call) {
  const client = useQueryClient();
  const store = useDraft(`call:${call.id}`, cohortId);
  const [writing, setWriting] = useState<Kept>(() => begun(call, store.text));
  const [saving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const latest = useRef(writing);
  const under = useRef<Promise<void> | null>(null);
  const isPublic = useRef(call.state !== 'draft');
  const mayEdit = useRef(call.abilities.edit);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { set, clear } = store;

  const put = useCallback(
    (next: Kept) => {
      latest.current = next;
      setWriting(next);
      if (changedParts(next.known, next.draft).length === 0) clear();
      else set(JSON.stringify(next));
    },
    [set, clear],
  );
  const meet = useCallback((theirs: Call) => put(metBy(latest.current, theirs)), [put]);

  const saveAll = useCallback(async () => {
    for (;;) {
      const { revision, known, draft, both } = latest.current;
      const waiting = unfinished(draft, isPublic.current);
      const parts = changedParts(known, draft).filter(
        (part) => !waiting.includes(part) && (mayEdit.current || part === 'outcome'),
      );
      if (both.length > 0 || parts.length === 0) return;
      const sent = only(draft, parts);
      try {
        const saved = await api.patch<Call>(pathOf(cohortId, call.id), { revision, ...sent });
        put({ ...latest.current, revision: saved.revision, known: { ...draftOf(saved), ...sent } });
        keepCall(client, cohortId, saved);
        setSavedAt(new Date().toISOString());
      } catch (error) {
        if (!isProblem(error, 'edited_meanwhile')) throw error;
        const theirs = await api.get<Call>(pathOf(cohortId, call.id));
        keepCall(client, cohortId, theirs);
        meet(theirs);
      }
    }
  }, [cohortId, call.id, client, put, meet]);

  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    setSaving(true);
    under.current ??= saveAll()
      .then(
        () => setProblem(null),
        (error: unknown) => setProblem(error),
      )
      .finally(() => {
        under.current = null;
        setSaving(false);
      });
    return under.current;
  }, [saveAll]);

  const saveSoon = useCallback(
    (after = PAUSE_MS) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), after);
    },
    [save],
  );

  /** Changes what one writes, from what stands there now. */
  const write = useCallback(
    (change: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => {
      const { draft } = latest.current;
      put({ ...latest.current, draft: { ...draft, ...(typeof change === 'function' ? change(draft) : change) } });
      saveSoon();
    },
    [put, saveSoon],
  );
  const flush = useCallback(async () => {
    await save();
    // What was typed while that was on its way goes with the next one.
    await save();
    return changedParts(latest.current.known, latest.current.draft).length === 0 ? latest.current.revision : null;
  }, [save]);

  // Another act, or another tab, has a newer one.
  const comesIn = useEffectEvent((theirs: Call) => {
    isPublic.current = theirs.state !== 'draft';
    mayEdit.current = theirs.abilities.edit;
    if (theirs.revision > latest.current.revision && !under.current) meet(theirs);
  });
  useEffect(() => comesIn(call), [call]);
  // What a browser kept of the last time is saved, and what did not get through is tried again.
  const begins = useEffectEvent(() => saveSoon());
  useEffect(() => begins(), []);
  useEffect(() => {
    if (isProblem(problem) && problem.temporary) saveSoon(AGAIN_MS);
  }, [problem, saveSoon]);
  const leaves = useEffectEvent(() => void save());
  useEffect(() => () => leaves(), []);

  const unsaved = changedParts(writing.known, writing.draft);
  const settle = (draft: Draft) => {
    put({ ...latest.current, draft, both: [] });
    void save();
  };
  return {
    ...{ draft: writing.draft, both: writing.both, problem, savedAt, write, flush, unsaved },
    isSaving: saving,
    /** Parts that wait until they are whole. */
    waiting: unsaved.filter((part) => unfinished(writing.draft, call.state !== 'draft').includes(part)),
    take: () => settle({ ...latest.current.draft, ...only(latest.current.known, latest.current.both) }),
    keep: () => settle(latest.current.draft),
  };
}

export type CallDraft = ReturnType<typeof useCallDraft>;

function begun(call: Call, text: string): Kept {
  const known = draftOf(call);
  const kept = keptOf(text, known);
  if (!kept) return { revision: call.revision, known, draft: known, both: [] };
  return kept.revision === call.revision ? kept : metBy(kept, call);
}

/** Of a call that is closed for good nothing is written any more but what became of it. */
function metBy({ known, draft, both: before }: Kept, call: Call): Kept {
  const theirs = draftOf(call);
  const mine = call.abilities.edit ? draft : { ...known, outcome: draft.outcome };
  const { draft: met, both } = merged(known, mine, theirs);
  const waiting = before.filter((part) => changedParts(theirs, met).includes(part));
  return { revision: call.revision, known: theirs, draft: met, both: [...new Set([...waiting, ...both])] };
}
