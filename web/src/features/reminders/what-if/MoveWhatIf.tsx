import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhatIf as Change } from '../../../../../src/contracts/reminders/what-if';
import { useZone } from '../../../time/clock';
import { TimeField } from '../../../ui/forms/TimeField';
import WhatIf from './WhatIf';

/** What a reminder is about, where that has a time that can be moved. */
export type Movable = { type: 'workshop' | 'session' | 'milestone'; id: string };

export const isMovable = (subject: { type: string; id: string }): subject is Movable =>
  ['workshop', 'session', 'milestone'].includes(subject.type);

/** What if it were on another day, at another hour? Asked as the day and the hour are chosen; nothing is saved. */
export function MoveWhatIf({ cohortId, subject }: { cohortId: string; subject: Movable }) {
  const { t } = useTranslation('reminders');
  const zone = useZone();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState('');
  const [time, setTime] = useState('09:00');
  if (!isOpen) {
    return (
      <Button variant="default" size="sm" onClick={() => setOpen(true)}>
        {t('whatIf.open')}
      </Button>
    );
  }
  const hasTime = subject.type !== 'milestone';
  const change = changeTo(subject, day, time, zone);
  return (
    <section aria-label={t('whatIf.open')} className="stackv g12">
      <div className="row g12">
        <TextInput
          type="date"
          label={t('whatIf.day')}
          autoFocus
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        {hasTime && <TimeField label={t('whatIf.time')} value={time} onChange={setTime} />}
      </div>
      {change ? (
        <>
          {hasTime && <p className="t2">{t('whatIf.zone', { zone })}</p>}
          <WhatIf cohortId={cohortId} change={change} />
        </>
      ) : (
        <p className="t2">{t(hasTime ? 'whatIf.choose' : 'whatIf.chooseDay', { zone })}</p>
      )}
    </section>
  );
}

function changeTo({ type, id }: Movable, day: string, time: string, zone: string): Change | null {
  if (!day) return null;
  if (type === 'milestone') return { change: 'day', type, id, on: day };
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time });
  return { change: 'time', type, id, startsAt: at.toInstant().toString({ smallestUnit: 'millisecond' }) };
}
