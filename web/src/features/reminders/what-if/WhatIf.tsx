import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ReminderDifference,
  WhatIf as Change,
  WhatIfAnswer,
} from '../../../../../src/contracts/reminders/what-if';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Problem } from '../../../api/problem';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatShortDay, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { Notice } from '../../../ui/page/State';
import { useLadder } from '../ladder/queries';
import { useRungWords } from '../ladder/rung-words';
import { asAsked } from './asked-rules';
import classes from './what-if.module.css';

const PAUSE_MS = 400;
const AT_FIRST = 6;
const ALL = ['moved', 'added', 'changed', 'dropped'] as const;

interface WhatIfProps {
  cohortId: string;
  change: Change;
  /** Says nothing of a change that cannot be: saving it does. */
  quiet?: boolean;
}

/** What would become of the reminders to come, before something is saved. */
export default function WhatIf({ cohortId, change, quiet = false }: WhatIfProps) {
  const { t } = useTranslation('reminders');
  const [asked] = useDebouncedValue(change, PAUSE_MS);
  const { data, error } = useQuery({
    queryKey: keys.in(cohortId, 'reminders', 'what-if', asked),
    queryFn: () => api.post<WhatIfAnswer>(`/cohorts/${cohortId}/reminders/what-if`, asked),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
  if (error) return quiet ? null : <CannotBe error={error} />;
  if (!data) return quiet ? null : <RowSkeleton rows={2} />;
  const sum = ALL.reduce((all, what) => all + data.counts[what], 0);
  return (
    <div className={classes.box}>
      <p className="med" role="status">
        {sum === 0
          ? t('whatIf.nothing')
          : t('whatIf.sum', {
              what: ALL.filter((what) => data.counts[what] > 0)
                .map((what) => t(`whatIf.${what}`, { count: data.counts[what] }))
                .join(', '),
              people: data.people,
            })}
      </p>
      {data.items.length > 0 && <Differences cohortId={cohortId} change={asked} items={data.items} sum={sum} />}
    </div>
  );
}

function CannotBe({ error }: { error: Error }) {
  const text = useFieldText('reminders');
  const [wrong] = error instanceof Problem ? error.errors : [];
  return wrong ? (
    <Notice tone="alert">{text(wrong.code, wrong.params)}</Notice>
  ) : (
    <ProblemAlert error={error} ns="reminders" />
  );
}

interface DifferencesProps {
  cohortId: string;
  change: Change;
  items: readonly ReminderDifference[];
  sum: number;
}

function Differences({ cohortId, change, items, sum }: DifferencesProps) {
  const { t } = useTranslation('reminders');
  const { nameOf } = useRungWords();
  const [isLong, setLong] = useState(false);
  const rungs = useLadder(cohortId).data?.rungs;
  const shown = isLong ? items : items.slice(0, AT_FIRST);
  const hidden = sum - shown.length;
  // What all of them are about is said by what is around them.
  const isOfMany = new Set(items.map(({ subject }) => subject.id)).size > 1;
  return (
    <>
      <ul className={classes.list}>
        {shown.map((item) => {
          const rung = rungs?.find(({ kind }) => kind === item.kind);
          return (
            <li key={`${item.person.id} ${item.kind} ${item.subject.id}`}>
              <Avatar id={item.person.id} name={item.person.name} url={item.person.avatarUrl} size={24} />
              <span className={classes.who}>
                <span className="med">{item.person.name}</span>
                <span className={classes.what}>
                  {[
                    rung && nameOf(asAsked(rung, change)),
                    isOfMany && (item.subjectTitle || t(`subjects.${item.subject.type}`)),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <Times item={item} />
            </li>
          );
        })}
      </ul>
      {hidden > 0 && (
        <div className="row mt8">
          {shown.length < items.length && (
            <Button size="sm" variant="subtle" onClick={() => setLong(true)}>
              {t('whatIf.more', { count: items.length - shown.length })}
            </Button>
          )}
          {sum > items.length && <span className="t3 xs">{t('whatIf.rest', { count: sum - items.length })}</span>}
        </div>
      )}
    </>
  );
}

/** From when to when, on the person's own clock; which one that is, where it is not mine. */
function Times({ item: { what, before, after, channels, person } }: { item: ReminderDifference }) {
  const { t } = useTranslation('reminders');
  const [locale, now, zone] = [useLocale(), useNow(), useZone()];
  const say = (instant: string) =>
    `${formatShortDay(instant, person.timeZone, locale, now)}, ${formatTime(instant, person.timeZone, locale)}`;
  if (what === 'changed') {
    return <span className={classes.times}>{channels.map((one) => t(`channels.${one}`)).join(' + ')}</span>;
  }
  return (
    <span className={classes.times}>
      {before && (
        <s>
          <time dateTime={before}>{say(before)}</time>
        </s>
      )}
      {after && (
        <b>
          <time dateTime={after}>{Date.parse(after) > now ? say(after) : t('whatIf.atOnce')}</time>
        </b>
      )}
      {!after && <span>{t('states.dropped')}</span>}
      {person.timeZone !== zone && <span className={classes.zone}>{person.timeZone}</span>}
    </span>
  );
}
