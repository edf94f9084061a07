import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckIn, CheckedIn } from '../../../../../src/contracts/workshops/check-ins';
import type {
  Attendance,
  Registration,
  RegistrationStatus,
  Workshop,
} from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import type { Page } from '../../../api/types';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute } from '../../../time/format';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { workshopKeys } from '../cache';

const A_PAGE = 200;
/** More than fit into any room. */
const MOST_PAGES = 25;

/** What came of the last one at the door. `undone`: it was taken back. */
export type Outcome = { kind: 'here' | 'undone'; of: CheckedIn } | { kind: 'refused'; words: string };

const keyOf = ({ cohortId, id }: Workshop) => [...workshopKeys.people(cohortId, id), 'door'];

/** All who have a place, to find one by name and to count who is here. Another host's mark is there with the live event of the workshop. */
export function useEverybody(workshop: Workshop) {
  const { cohortId, id } = workshop;
  return useQuery({
    queryKey: keyOf(workshop),
    queryFn: async ({ signal }) => {
      const all: Registration[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { items, nextCursor } = await api.get<Page<Registration>>(
          `/cohorts/${cohortId}/workshops/${id}/registrations`,
          { query: { limit: A_PAGE, cursor }, signal },
        );
        all.push(...items);
        if (!nextCursor) break;
        cursor = nextCursor;
      }
      return all;
    },
  });
}

/** Checks in who shows a pass or was found by name, and takes the last one back. */
export function useCheckIns(workshop: Workshop) {
  const { cohortId, id } = workshop;
  const client = useQueryClient();
  const wordsOf = useRefusedWords();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  const path = `/cohorts/${cohortId}/workshops/${id}`;
  const show = (userId: string, status: RegistrationStatus) => {
    client.setQueryData<Registration[]>(keyOf(workshop), (all) =>
      all?.map((one) => (one.userId === userId ? { ...one, status } : one)),
    );
    void client.invalidateQueries({ queryKey: workshopKeys.people(cohortId, id) });
  };
  const act = async (send: () => Promise<Outcome>) => {
    setBusy(true);
    try {
      setOutcome(await send());
    } catch (error) {
      setOutcome({ kind: 'refused', words: wordsOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return {
    outcome,
    busy,
    checkIn: (body: CheckIn) =>
      act(async () => {
        const of = await api.post<CheckedIn>(`${path}/check-ins`, body);
        show(of.userId, 'attended');
        return { kind: 'here', of };
      }),
    /** They stand as they did before. */
    takeBack: (of: CheckedIn) =>
      act(async () => {
        const { userId, status } = await api.post<Attendance>(`${path}/attendance`, {
          userId: of.userId,
          status: of.was,
        });
        show(userId, status);
        return { kind: 'undone', of };
      }),
    /** Why nobody was checked in, before the server was asked. */
    refuse: (words: string) => setOutcome({ kind: 'refused', words }),
  };
}

/** Of others than the reader; what else can go wrong is said as everywhere. */
const OF_OTHERS: ReadonlySet<string> = new Set([
  'unknown_pass',
  'other_workshop',
  'given_back',
  'no_place',
  'hosting',
  'offline',
]);

function useRefusedWords(): (error: unknown) => string {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  const [zone, locale] = [useZone(), useLocale()];
  return (error) => {
    if (!(error instanceof Problem)) return text(error);
    const code = error.errors[0]?.code ?? error.code;
    if (!OF_OTHERS.has(code)) return text(error);
    const { startsAt } = error.extras;
    const at = typeof startsAt === 'string' ? formatAbsolute(startsAt, zone, locale) : '';
    return t(`checkIn.problems.${code}`, { ...error.extras, at });
  };
}
