import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutsideCalendar } from '../../../../../src/contracts/mentoring/outside-calendars';
import { api } from '../../../api/http';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State } from '../../../ui/page/State';
import { toastProblem } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { AddingGroup } from '../notes/AddingGroup';
import { coachingKeys, useOutsideCalendars } from '../queries';

const AddCalendar = lazyPart(() => import('./AddCalendar'));

/** The coach's calendars elsewhere: their busy times hide hours here. Saved at once, beside the draft of the hours. */
export function OutsideCalendars({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const text = useProblemText('coaching');
  const calendars = useOutsideCalendars(cohortId);
  const [removing, setRemoving] = useState<OutsideCalendar | null>(null);
  const path = `/cohorts/${cohortId}/coaches/me/outside-calendars`;
  const items = calendars.data;
  const changed = () => client.invalidateQueries({ queryKey: coachingKeys.outside(cohortId) });
  const readNow = async (id: string) => {
    try {
      await api.post(`${path}/${id}/read`);
      await changed();
    } catch (error) {
      toastProblem(text(error));
    }
  };
  // What was read since hides other hours.
  const read = items?.map((one) => `${one.id} ${one.readAt ?? ''} ${one.busyTimes}`).join();
  useEffect(() => {
    if (read) void client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
  }, [client, cohortId, read]);

  return (
    <AddingGroup
      title={t('outside.title')}
      count={items?.length}
      add={t('outside.add')}
      lead={<p className="t2 mt12">{t('outside.what')}</p>}
      form={(close) => (
        <AddCalendar
          path={path}
          onAdded={async () => {
            await changed();
            close();
          }}
        />
      )}
    >
      <QueryBoundary query={calendars} ns="coaching">
        {(all) => (
          <ul className="list tight">
            {all.map((calendar) => (
              <Calendar
                key={calendar.id}
                calendar={calendar}
                onRead={() => readNow(calendar.id)}
                onRemove={() => setRemoving(calendar)}
              />
            ))}
          </ul>
        )}
      </QueryBoundary>
      <ConfirmDialog
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('outside.removeTitle', { name: removing?.name ?? '' })}
        act={t('exceptions.remove')}
        danger
        ns="coaching"
        onConfirm={async () => {
          await api.delete(`${path}/${removing?.id ?? ''}`);
          await changed();
          await client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
        }}
      >
        {t('outside.removeBody')}
      </ConfirmDialog>
    </AddingGroup>
  );
}

interface CalendarProps {
  calendar: OutsideCalendar;
  onRead: () => Promise<unknown>;
  onRemove: () => void;
}

/** Its name and where it is, when it was read, how much it blocks, and what is wrong with it. Never its whole address. */
function Calendar({ calendar, onRead, onRemove }: CalendarProps) {
  const { t } = useTranslation('coaching');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { name, address, state, readAt, busyTimes, unreadable, problem, status } = calendar;
  const { host } = new URL(address);
  const ago = readAt && formatRelative(readAt, zone, locale, now);
  return (
    <li>
      <div className="grow">
        <b>{name}</b> {name !== host && <span className="t3">{host}</span>}
        {state === 'waiting' && <p className="t2">{t('outside.waiting')}</p>}
        {ago && (
          <p className="t2">
            {t('outside.read', { ago })} {t('outside.busy', { count: busyTimes })}
          </p>
        )}
        {unreadable > 0 && <p className="t2">{t('outside.unreadable', { count: unreadable })}</p>}
        {problem && (
          <div role="status">
            <State tone="alert">{t(`outside.problem.${problem}`, { status: String(status ?? '') })}</State>
            <p className="xs t2">{t(readAt ? 'outside.lastCounts' : 'outside.neverRead')}</p>
          </div>
        )}
      </div>
      <Button variant="subtle" size="sm" aria-label={t('outside.againNamed', { name })} onClick={() => void onRead()}>
        {t('outside.again')}
      </Button>
      <Button variant="subtle" size="sm" aria-label={t('outside.removeNamed', { name })} onClick={onRemove}>
        {t('exceptions.remove')}
      </Button>
    </li>
  );
}
