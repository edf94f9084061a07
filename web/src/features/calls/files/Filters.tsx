import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicationPage } from '../../../../../src/contracts/calls/applications';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { FieldOption } from '../../../../../src/contracts/calls/forms';
import { oneOf } from '../../../shell/address';
import { useLocale } from '../../../time/clock';
import classes from '../calls.module.css';
import type { FilesAsked } from '../queries';

export const STATES = ['submitted', 'withdrawn', 'waiting', 'asked'] as const;
export const DECISIONS = ['none', 'accepted', 'open', 'taken', 'lapsed', 'waiting', 'declined'] as const;
export const SORTS = ['number', 'name', 'submitted'] as const;

/** Nobody asks for them where nobody is asked to confirm. */
const isOfPlaces = (one: (typeof DECISIONS)[number]) => one === 'open' || one === 'taken' || one === 'lapsed';

interface FiltersProps {
  call: Call;
  crafts: readonly FieldOption[];
  asked: FilesAsked;
  page: ApplicationPage;
  set: (change: FilesAsked) => void;
}

/** What the table is narrowed to, and in which order it stands. */
export function Filters({ call, crafts, asked, page, set }: FiltersProps) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  return (
    <>
      {crafts.length > 0 && (
        <NativeSelect
          aria-label={t('files.craft')}
          value={asked.craft ?? ''}
          onChange={(event) => set({ craft: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('files.allCrafts') },
            ...crafts.map(({ key, label }) => ({ value: key, label: label[locale] })),
          ]}
        />
      )}
      {call.abilities.decide && (
        <NativeSelect
          aria-label={t('decide.filter')}
          value={asked.decision ?? ''}
          onChange={(event) => set({ decision: oneOf(DECISIONS, event.currentTarget.value) })}
          data={[
            { value: '', label: t('decide.any') },
            ...DECISIONS.filter((one) => !isOfPlaces(one) || page.decisions[one] > 0 || asked.decision === one).map(
              (one) => ({
                value: one,
                label: t(`decide.counts.${one}`, { count: page.decisions[one] }),
              }),
            ),
          ]}
        />
      )}
      <NativeSelect
        aria-label={t('files.sort')}
        value={asked.sort ?? 'number'}
        onChange={(event) => set({ sort: oneOf(SORTS, event.currentTarget.value) })}
        data={SORTS.map((one) => ({ value: one, label: t(`files.sorts.${one}`) }))}
      />
      {(page.tags.length > 0 || asked.tag !== undefined) && (
        <NativeSelect
          aria-label={t('desk.filter')}
          value={asked.tag ?? ''}
          onChange={(event) => set({ tag: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('desk.allTags') },
            ...[...new Set([...page.tags, ...(asked.tag ? [asked.tag] : [])])].map((tag) => ({
              value: tag,
              label: tag,
            })),
          ]}
        />
      )}
      <Checkbox
        label={t('desk.only')}
        checked={asked.only === 'duplicates'}
        onChange={(event) => set({ only: event.currentTarget.checked ? 'duplicates' : undefined })}
      />
    </>
  );
}

interface StatesProps {
  counts: ApplicationPage['counts'];
  waiting: number;
  askedFor: number;
  state: FilesAsked['state'];
  onState: (state: FilesAsked['state']) => void;
}

/** How many there are in each state: each is a filter, but for drafts, which nobody reads. */
export function States({ counts, waiting, askedFor, state, onState }: StatesProps) {
  const { t } = useTranslation('calls');
  const ways = [
    { state: undefined, word: 'all', count: counts.submitted + counts.withdrawn },
    { state: 'submitted', word: 'submitted', count: counts.submitted },
    { state: 'withdrawn', word: 'withdrawn', count: counts.withdrawn },
    ...(waiting > 0 || state === 'waiting' ? [{ state: 'waiting', word: 'waiting', count: waiting } as const] : []),
    ...(askedFor > 0 || state === 'asked' ? [{ state: 'asked', word: 'asked', count: askedFor } as const] : []),
  ] as const;
  return (
    <div className={classes.states} role="group" aria-label={t('files.state')}>
      {ways.map((way) => (
        <button key={way.word} type="button" aria-pressed={way.state === state} onClick={() => onState(way.state)}>
          {t(`files.counts.${way.word}`, { count: way.count })}
        </button>
      ))}
      <span className="t2" title={t('files.draftsHelp')}>
        {t('files.counts.drafts', { count: counts.drafts })}
      </span>
    </div>
  );
}
