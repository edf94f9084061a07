import type { AddGuest } from '../../../../../src/contracts/workshops/guests';
import type { Attendance, MarksTaken, Registration, TakeMarks } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Problem } from '../../../api/problem';
import { queryClient } from '../../../api/query';
import { connection } from '../../../api/socket';
import { useStore } from '../../../api/store';
import type { Me, Page } from '../../../api/types';
import { unsentList } from '../../../api/autosave/unsent';
import { workshopKeys } from '../cache';
import { type Waiting, type WaitingGuest, type WaitingMark, isWaiting, nameOf, without, withWaiting } from './marks';

const AGAIN_MS = 10_000;

/** What was not taken, by the code of why. */
type Refused = (codes: readonly string[]) => void;

/** Kept before it is sent: a page that is closed the next moment has lost nothing. Also read by `Later`, which has sent what an earlier visit left. */
const { list: waiting, change } = unsentList('cordee-marks', isWaiting, nameOf);

/** What I said of one workshop and the server has not taken yet. */
export function useWaiting(workshopId: string, myId: string): Waiting[] {
  return useStore(waiting).filter((one) => one.workshopId === workshopId && one.myId === myId);
}

/** Says it on this device, and to the server as soon as there is a network. */
export async function keep(one: Waiting): Promise<void> {
  change((kept) => withWaiting(kept, one));
  await flush();
}

let refused: Refused = () => undefined;
/** Who tells me what was not taken; the last page that asked. */
export const onRefused = (listener: Refused): void => void (refused = listener);

let sending: Promise<void> | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what I left, one workshop after the other; what has no network waits and is tried again. */
export function flush(): Promise<void> {
  clearTimeout(timer);
  sending ??= drain().finally(() => {
    sending = null;
  });
  return sending;
}

/** What another person left in this browser is theirs to send. */
function mine(): readonly Waiting[] {
  const myId = queryClient.getQueryData<Me>(keys.me)?.id;
  return waiting.get().filter((one) => one.myId === myId);
}

async function drain(): Promise<void> {
  for (let next = mine(); next.length > 0; next = mine()) {
    const [{ workshopId, cohortId } = { workshopId: '', cohortId: '' }] = next;
    const those = next.filter((one) => one.workshopId === workshopId);
    try {
      await deliver(cohortId, workshopId, those);
    } catch (error) {
      if (waitsFor(error)) {
        timer = setTimeout(() => void flush(), AGAIN_MS);
        return;
      }
      change((kept) => without(kept, those));
      refused([error instanceof Problem ? error.code : 'unknown']);
    }
    await queryClient.invalidateQueries({ queryKey: workshopKeys.people(cohortId, workshopId) });
  }
}

/** No network, no answer, or an overloaded server: it is tried again. */
const waitsFor = (error: unknown) =>
  !(error instanceof Problem) ||
  error.status === 0 ||
  error.status >= 500 ||
  error.status === 429 ||
  error.status === 401;

async function deliver(cohortId: string, workshopId: string, those: readonly Waiting[]): Promise<void> {
  const path = `/cohorts/${cohortId}/workshops/${workshopId}`;
  for (const guest of those.filter((one): one is WaitingGuest => one.kind === 'guest')) {
    const { name, key, at } = guest;
    const body: AddGuest = { name, key, at, sentAt: new Date().toISOString() };
    await api.post<Attendance>(`${path}/guests`, body);
    change((kept) => without(kept, [guest]));
  }
  const marks = those.filter((one): one is WaitingMark => one.kind === 'mark');
  if (marks.length === 0) return;
  const body: TakeMarks = {
    sentAt: new Date().toISOString(),
    marks: marks.map(({ userId, status, at }) => ({ userId, status, at })),
  };
  const { items } = await api.post<MarksTaken>(`${path}/attendance/marks`, body);
  show(cohortId, workshopId, items);
  change((kept) => without(kept, marks));
  const codes = items.flatMap((one) => one.refused ?? []);
  if (codes.length > 0) refused(codes);
}

/** As the server has it, before what I said goes: the row does not flicker. */
function show(cohortId: string, workshopId: string, taken: MarksTaken['items']): void {
  const status = new Map(taken.flatMap((one) => (one.status ? [[one.userId, one.status] as const] : [])));
  queryClient.setQueryData<Page<Registration>>(
    workshopKeys.people(cohortId, workshopId),
    (page) =>
      page && { ...page, items: page.items.map((one) => ({ ...one, status: status.get(one.userId) ?? one.status })) },
  );
}

window.addEventListener('online', () => void flush());
connection.subscribe(() => {
  if (connection.get() === 'live') void flush();
});
void flush();
