import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Temporal } from 'temporal-polyfill';
import { instantAt } from '../../../../src/common/times/zoned';
import type { DraftPoll } from '../../../../src/contracts/forum/polls';
import { MAX_POLL_OPTIONS } from '../../../../src/contracts/limits';
import { useNow, useZone } from '../../time/clock';
import { dayOf } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { TimeField } from '../../ui/forms/TimeField';
import classes from './polls.module.css';

const EVENING = '18:00';

interface PollFieldProps {
  poll: DraftPoll;
  onChange: (poll: DraftPoll | null) => void;
  /** What is wrong, by the field. */
  errors: Partial<Record<'question' | 'options' | 'closesAt', string>>;
}

/** The poll that goes with a new topic or a reply: what is asked, what one may choose, and until when. */
export default function PollField({ poll, onChange, errors }: PollFieldProps) {
  const { t } = useTranslation('polls');
  const [added, setAdded] = useState(0);
  const last = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (added > 0) last.current?.focus();
  }, [added]);
  const set = (change: Partial<DraftPoll>) => onChange({ ...poll, ...change });
  const setOption = (at: number, text: string) => set({ options: poll.options.with(at, text) });
  return (
    <fieldset className={classes.field}>
      <legend className="bold">{t('title')}</legend>
      <TextInput
        label={t('question')}
        placeholder={t('questionExample')}
        maxLength={200}
        autoComplete="off"
        data-path="poll.question"
        value={poll.question}
        error={errors.question}
        onChange={(event) => set({ question: event.currentTarget.value })}
      />
      <fieldset className="mt16" aria-invalid={errors.options !== undefined}>
        <legend className="bold">{t('options')}</legend>
        {poll.options.map((text, at) => (
          <div key={at} className="row mt4">
            <TextInput
              className="grow"
              ref={at === poll.options.length - 1 ? last : undefined}
              aria-label={t('option', { n: at + 1 })}
              maxLength={120}
              autoComplete="off"
              data-path={at === 0 ? 'poll.options' : undefined}
              value={text}
              error={errors.options !== undefined && at === 0 ? errors.options : undefined}
              onChange={(event) => setOption(at, event.currentTarget.value)}
            />
            <ActionIcon
              variant="subtle"
              size="lg"
              aria-label={t('removeOption', { n: at + 1 })}
              disabled={poll.options.length <= 2}
              onClick={() => set({ options: poll.options.toSpliced(at, 1) })}
            >
              <Icon of={IconX} />
            </ActionIcon>
          </div>
        ))}
        {poll.options.length < MAX_POLL_OPTIONS && (
          <Button
            mt={8}
            variant="subtle"
            size="sm"
            leftSection={<Icon of={IconPlus} size={16} />}
            onClick={() => {
              set({ options: [...poll.options, ''] });
              setAdded(added + 1);
            }}
          >
            {t('addOption')}
          </Button>
        )}
      </fieldset>
      <div className="stackv g12 mt16">
        <Checkbox
          label={t('multiple')}
          checked={poll.multiple}
          onChange={(event) => set({ multiple: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('anonymous')}
          description={t('anonymousHelp')}
          checked={poll.anonymous}
          onChange={(event) => set({ anonymous: event.currentTarget.checked })}
        />
      </div>
      <Closing at={poll.closesAt} error={errors.closesAt} onChange={(closesAt) => set({ closesAt })} />
      <div className="row wrap mt16">
        <Button variant="subtle" className={classes.out} onClick={() => onChange(null)}>
          {t('remove')}
        </Button>
        <span className="t3 xs">{t('fixed')}</span>
      </div>
    </fieldset>
  );
}

interface ClosingProps {
  at: string | null;
  error: string | undefined;
  onChange: (at: string | null) => void;
}

/** A day and a time in one's zone; without a day it has none. */
function Closing({ at, error, onChange }: ClosingProps) {
  const { t } = useTranslation('polls');
  const [zone, now] = [useZone(), useNow()];
  const today = dayOf(new Date(now).toISOString(), zone);
  const there = at === null ? null : Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const day = there?.toPlainDate().toString() ?? '';
  const time = there?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? EVENING;
  const set = (nextDay: string, nextTime: string) =>
    onChange(nextDay === '' ? null : instantAt(nextDay, nextTime, zone).toISOString());
  return (
    <div className="row row-top wrap mt16 g12">
      <TextInput
        type="date"
        label={t('closes')}
        description={t('closesHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        data-path="poll.closesAt"
        min={today.toString()}
        max={today.add({ years: 1 }).toString()}
        value={day}
        error={error}
        onChange={(event) => set(event.currentTarget.value, time)}
      />
      {there && <TimeField label={t('time')} value={time} onChange={(next) => set(day, next)} />}
    </div>
  );
}
