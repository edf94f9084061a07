import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort } from '../../api/session';
import { useZone } from '../../time/clock';
import { zoneWords } from '../../time/format';
import { MomentField } from '../../ui/times/MomentField';
import type { Sending } from './sending';

/** In the morning, when mail is read. */
const USUAL = '09:00';

interface WhenToSendProps {
  value: Sending;
  onChange: (sending: Sending) => void;
  error?: ReactNode;
}

/** At once, on a day, or when one says so. */
export function WhenToSend({ value, onChange, error }: WhenToSendProps) {
  const { t } = useTranslation('people');
  return (
    <div className="stackv g8">
      <Radio.Group label={t('when.label')} value={value.when} onChange={(when) => onChange({ when, at: value.at })}>
        <div className="stackv g8 mt8">
          {(['now', 'on', 'not_yet'] as const).map((when) => (
            <Radio key={when} value={when} label={t(`when.${when}`)} />
          ))}
        </div>
      </Radio.Group>
      {value.when === 'on' && <DayToSend at={value.at} onChange={(at) => onChange({ when: 'on', at })} error={error} />}
      {value.when === 'not_yet' && <p className="xs t2">{t('when.notYetHelp')}</p>}
    </div>
  );
}

interface DayToSendProps {
  at: string | null;
  onChange: (at: string | null) => void;
  error?: ReactNode;
}

/** A day and an hour in the zone of the cohort. */
export function DayToSend({ at, onChange, error }: DayToSendProps) {
  const { t } = useTranslation('people');
  const mine = useZone();
  const zone = useCohort()?.timeZone ?? mine;
  return (
    <MomentField
      id="sendAt"
      label={t('when.day')}
      timeLabel={t('when.time')}
      description={t('when.zone', { zone: zoneWords(zone) })}
      usual={USUAL}
      zone={zone}
      value={at}
      error={error}
      onChange={onChange}
    />
  );
}
