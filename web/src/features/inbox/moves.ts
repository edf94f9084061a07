import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PutNotices } from '../../../../src/contracts/notifications/notifications';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { isProblem } from '../../api/problem';
import type { Notification } from '../../api/types';
import { useLocale, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { useFieldText } from '../../ui/forms/form';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../ui/toast';
import { applyMoved, changeInbox, withMoved } from './inbox';
import { type Move, putsOf, undoOf } from './places';

const onTheWay = { count: 0, last: Promise.resolve(), hasFailed: false, moved: [] as PutNotices[] };

/**
 * Sends moves one after the other, since what takes a move back must not reach the server before that move. Lists are asked for once nothing is on the way: an answer from
 * before the last move would bring back what it took away.
 */
async function sendInTurn(client: QueryClient, puts: readonly PutNotices[]): Promise<void> {
  onTheWay.count += 1;
  const sending = onTheWay.last.then(async () => {
    for (const body of puts) {
      await api.put('/me/inbox/place', body);
      onTheWay.moved.push(body);
    }
  });
  onTheWay.last = sending.catch(() => {
    onTheWay.hasFailed = true;
  });
  await onTheWay.last;
  onTheWay.count -= 1;
  if (onTheWay.count === 0) {
    for (const { ids, place } of onTheWay.moved.splice(0)) applyMoved(client, { ids, place });
    if (onTheWay.hasFailed) void client.invalidateQueries({ queryKey: keys.inbox });
    onTheWay.hasFailed = false;
  }
  await sending;
}

/**
 * Puts notices elsewhere, at once on the screen, with a way back for some seconds. `move` says a refusal itself, `tryMove` throws it; `undo` takes the last one
 * back, as long as that is offered.
 */
export function useMoves() {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const [text, fieldText] = [useProblemText(), useFieldText('inbox')];
  const [zone, locale] = [useZone(), useLocale()];
  const last = useRef<{ undo: () => void; hide: () => void } | null>(null);
  const say = (error: unknown) => {
    const [field] = isProblem(error, 'invalid') ? error.errors : [];
    toastProblem(field ? fieldText(field.code, field.params) : text(error));
  };
  const send = async (puts: readonly PutNotices[]) => {
    // What is on its way was answered before this, and would bring them back.
    void client.cancelQueries({ queryKey: keys.inbox, predicate: ({ state }) => state.data !== undefined });
    for (const { ids, place } of puts) changeInbox(client, (inbox) => withMoved(inbox, { ids, place }));
    await sendInTurn(client, puts);
  };
  const tryMove = async (notices: readonly Notification[], to: Move) => {
    if (notices.length === 0) return;
    const moving = send(
      putsOf(
        notices.map(({ id }) => id),
        to,
      ),
    );
    const until = to.place === 'snoozed' ? to.until : null;
    const when = until && { day: formatShortDay(until, zone, locale), time: formatTime(until, zone, locale) };
    // One offer at a time: who goes through many in a row still sees the page.
    last.current?.hide();
    const offer = {
      undo: () => {
        send(undoOf(notices)).catch(say);
      },
      hide: (): void => undefined,
    };
    last.current = offer;
    offer.hide = toastUndo(t(`moved.${to.place}`, { count: notices.length, ...when }), offer.undo, {
      clearOfTop: true,
      onOver: () => {
        if (last.current === offer) last.current = null;
      },
    });
    try {
      await moving;
    } catch (error) {
      offer.hide();
      throw error;
    }
  };
  const move = (notices: readonly Notification[], to: Move) => {
    tryMove(notices, to).catch(say);
  };
  /** What was done about these leaves the inbox, with no way back: the act itself has none. */
  const finish = (notices: readonly Notification[]) => {
    const ids = notices.map(({ id }) => id);
    send(putsOf(ids, { place: 'done' })).catch(say);
  };
  const undo = () => {
    const offer = last.current;
    offer?.hide();
    offer?.undo();
  };
  return { move, tryMove, finish, undo };
}
