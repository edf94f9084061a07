import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { REPEAT_WEEKS } from '../../../../../src/contracts/limits';
import type { SessionKind, Slot } from '../../../../../src/contracts/mentoring/mentoring';
import type { PreviewSessionSeries, SessionSeriesPreview } from '../../../../../src/contracts/mentoring/session-series';
import { api } from '../../../api/http';
import { coachingKeys } from '../queries';
import { type Choices, chosenOf } from './dates';

/** How often it comes again (0: it does not), how many times in all, and what was chosen for single dates. */
export interface RepeatWish {
  weeks: 0 | (typeof REPEAT_WEEKS)[number];
  count: number;
  choices: Choices;
}

interface Asked {
  cohortId: string;
  slot: Slot;
  minutes: number;
  secondCoachId: string | undefined;
  kind: SessionKind | undefined;
  /** The fellows with whose eyes staff look. */
  forUserIds: readonly string[] | undefined;
}

const USUAL_COUNT = 6;

/** A session that is booked several times: the wish, each date as it stands now, and which starts would be booked. */
export function useRepeat({ cohortId, slot, minutes, secondCoachId, kind, forUserIds }: Asked) {
  const [wish, setWish] = useState<RepeatWish>({ weeks: 0, count: USUAL_COUNT, choices: {} });
  const { coachId, startsAt } = slot;
  const { weeks, count } = wish;
  const asks = weeks !== 0;
  const body = {
    ...{ coachId, startsAt, weeks, count },
    ...(kind ? { kind } : { minutes }),
    ...(secondCoachId !== undefined && { secondCoachId }),
    ...(forUserIds && forUserIds.length > 0 && { forUserIds }),
  };
  const preview = useQuery({
    queryKey: [...coachingKeys.slots(cohortId), 'repeated', body],
    queryFn: ({ signal }) =>
      api.post<SessionSeriesPreview>(
        `/cohorts/${cohortId}/session-series/preview`,
        body as unknown as PreviewSessionSeries,
        { signal },
      ),
    placeholderData: keepPreviousData,
    enabled: asks,
    retry: false,
  });
  const isKnown = asks && preview.isSuccess && !preview.isPlaceholderData;
  const chosen = isKnown ? chosenOf(preview.data.dates, wish.choices) : [];
  const room = preview.data?.room ?? null;
  return {
    wish,
    change: (to: Partial<RepeatWish>) => setWish({ ...wish, ...to }),
    choose: (start: string, at: string | null) => setWish({ ...wish, choices: { ...wish.choices, [start]: at } }),
    preview,
    /** The starts that would be booked; null: it is not repeated. */
    chosen: asks ? chosen : null,
    /** So many more than may be booked. */
    over: room === null ? 0 : Math.max(0, chosen.length - room),
  };
}

export type Repeated = ReturnType<typeof useRepeat>;
