import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Attachment } from '../../../../../src/contracts/files';
import { keys } from '../../../api/keys';
import { useEvent } from '../../../api/socket';
import { useStore } from '../../../api/store';
import type { UploadPlace } from '../../../ui/files/uploads';
import { useAttaching } from '../../../ui/files/useAttaching';
import { useDraft } from '../../../ui/forms/draft';
import { DraftKeeper } from './draft-keeper';
import { NO_WORDS, type Words, fromText } from './draft-state';
import { asAttach } from './writing';

interface Options {
  place: UploadPlace;
  empty?: Words;
  /** Those that are there where nothing was begun. */
  files?: readonly Attachment[];
  /** Its revision on the server where that is known: nothing is asked where there is none. */
  known?: number | null;
  /** Words that came from elsewhere, for a form that holds its own. */
  onTaken?: (words: Words) => void;
}

const NO_FILES: readonly Attachment[] = [];

/**
 * What somebody writes in a forum: kept in this browser at each key, and on the server a moment later, so that it goes on at another device. Two windows that write at once
 * are told of each other (`other`, settled by `settle`); what only looks on takes what was written elsewhere.
 */
export function useKeptDraft(key: string, { place, empty = NO_WORDS, files = NO_FILES, known, onTaken }: Options) {
  const { text, set, isTried, clientIdOf } = useDraft(key, place.cohortId);
  const attaching = useAttaching(place);
  const [keeper] = useState(
    () => new DraftKeeper({ key, place, empty, files, local: { set, isTried } }, fromText(text, empty)),
  );
  const { state, keptAt, problem } = useStore(keeper.shown);

  const taken = useEffectEvent((words: Words) => onTaken?.(words));
  useEffect(() => keeper.open(), [keeper]);
  useEffect(() => keeper.hear((words) => taken(words)), [keeper]);

  const isNone = known === null;
  const query = useQuery({
    enabled: !isNone,
    queryKey: keys.draft(key),
    queryFn: ({ signal }) => keeper.ask(signal),
    gcTime: 0,
    structuralSharing: false,
  });
  const { data, refetch } = query;
  useEffect(() => {
    if (data) keeper.answered(data);
  }, [keeper, data]);
  useEffect(() => {
    if (isNone) keeper.isNone();
  }, [keeper, isNone]);
  useEvent('draft.changed', (changed) => {
    if (keeper.isNews(changed)) void refetch();
  });

  const marks = JSON.stringify(asAttach(attaching.done()));
  useEffect(() => keeper.filesChanged(), [keeper, marks]);

  return {
    words: state.words,
    other: state.other,
    keptAt,
    problem,
    /** It is known what was kept before. */
    isLoaded: isNone || query.isFetched,
    attaching,
    clientIdOf,
    set: (words: Words) => keeper.set(words),
    setBody: (body: string) => keeper.set({ ...state.words, body }),
    append: (more: string) => keeper.append(more),
    settle: (how: 'mine' | 'theirs' | 'both') => keeper.settle(how),
    drop: () => keeper.drop(),
    post: <T>(how: (draft: { draft?: number }) => Promise<T>) => keeper.post(how),
  };
}

export type KeptDraft = ReturnType<typeof useKeptDraft>;
