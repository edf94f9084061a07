import { Radio, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic, TopicSummary } from '../../../../../src/contracts/forums';
import { Icon } from '../../../ui/Icon';
import { useTopics } from '../forum';
import classes from './moderation.module.css';

const SHOWN = 8;
const TYPING_MS = 300;

interface TopicPickerProps {
  /** The one that is not chosen. */
  topic: Topic;
  label: string;
  value: TopicSummary | null;
  error?: string | undefined;
  onChange: (topic: TopicSummary | null) => void;
}

/** Another topic of the cohort, searched for by its title; the latest ones before one types. */
export function TopicPicker({ topic, label, value, error, onChange }: TopicPickerProps) {
  const { t } = useTranslation('forum');
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), TYPING_MS);
  const found = useTopics(topic.cohortId, { q }, SHOWN + 1).data?.pages[0]?.items;
  const others = (found ?? []).filter(({ id }) => id !== topic.id).slice(0, SHOWN);
  const shown = value && !others.some(({ id }) => id === value.id) ? [value, ...others] : others;
  const factsOf = ({ state, posts }: TopicSummary) =>
    [...(state === 'solved' ? [t('solved')] : []), t('replies', { count: posts - 1 })].join(', ');
  return (
    <>
      <TextInput
        mt="sm"
        type="search"
        label={label}
        placeholder={t('moderation.search')}
        leftSection={<Icon of={IconSearch} />}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Radio.Group
        mt="sm"
        aria-label={t('moderation.found')}
        value={value?.id ?? null}
        error={error}
        onChange={(id) => onChange(shown.find((one) => one.id === id) ?? null)}
      >
        <div className={classes.choices} aria-live="polite">
          {shown.map((one) => (
            <div key={one.id} className={classes.choice}>
              <Radio value={one.id} label={one.title} description={factsOf(one)} />
            </div>
          ))}
          {found && shown.length === 0 && <p className="t3">{t('empty.found')}</p>}
        </div>
      </Radio.Group>
    </>
  );
}
