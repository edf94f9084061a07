import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { useMe } from '../../../api/session';
import { useLocale, useZone } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { Part } from '../../../ui/forms/Part';
import { AddToCalendar } from '../../feeds/lazy';
import { othersOf } from '../sessions/session-words';

/** The session in my own calendar. */
export function InMyCalendar({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const [zone, locale] = [useZone(), useLocale()];
  const { cohortId, id, startsAt, endsAt, link } = session;
  const title = t('session.with', { names: othersOf(session, me.id, locale) });
  const button = <Button leftSection={<Icon of={IconCalendarPlus} size={16} />}>{t('acts.calendar')}</Button>;
  return (
    <Part lost="over" fallback={button}>
      <AddToCalendar
        entry={{ title, startsAt, endsAt, timeZone: zone, place: link ?? null }}
        page={`/c/${cohortId}/coaching/sessions/${id}`}
        file={`/cohorts/${cohortId}/sessions/${id}/calendar.ics`}
      >
        {button}
      </AddToCalendar>
    </Part>
  );
}
