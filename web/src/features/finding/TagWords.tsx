import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagSynonyms } from '../../../../src/contracts/forum-tags';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Empty } from '../../ui/page/Empty';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { toast } from '../../ui/toast';

interface TagWordsProps {
  cohortId: string;
  tags: readonly string[];
}

/** Other words for tags, which staff give: what is asked in them is close to what has the tag. */
export default function TagWords(props: TagWordsProps) {
  const { t } = useTranslation('finding');
  const words = useQuery({
    queryKey: keys.in(props.cohortId, 'tag-words'),
    queryFn: ({ signal }) => api.get<TagSynonyms>(`/cohorts/${props.cohortId}/tags/synonyms`, { signal }),
  });
  return (
    <div className="measure mt16">
      <p className="t2">{t('tagWords.lead')}</p>
      <QueryBoundary query={words}>{(data) => <Form {...props} known={data.items} />}</QueryBoundary>
    </div>
  );
}

function Form({ cohortId, tags, known }: TagWordsProps & { known: TagSynonyms['items'] }) {
  const { t } = useTranslation('finding');
  const client = useQueryClient();
  const all = [...new Set([...tags, ...known.map(({ tag }) => tag)])];
  const wordsOf = (tag: string) => known.find((one) => one.tag === tag)?.words.join(', ') ?? '';
  const [tag, setTag] = useState(all[0] ?? '');
  const [typed, setTyped] = useState(wordsOf(tag));
  const [failure, setFailure] = useState<unknown>(null);
  const save = async () => {
    const words = typed
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '');
    try {
      await api.put(`/cohorts/${cohortId}/tags/${encodeURIComponent(tag)}/synonyms`, { words });
      setFailure(null);
      toast(t('tagWords.saved'));
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'tag-words') });
    } catch (error) {
      setFailure(error);
    }
  };
  if (tag === '') return <Empty title={t('tagWords.none')}>{t('tagWords.noneYet')}</Empty>;
  return (
    <form
      className="stackv g16 mt16"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NativeSelect
        label={t('tagWords.tag')}
        value={tag}
        data={all.map((one) => ({ value: one, label: `#${one}` }))}
        onChange={({ currentTarget: { value } }) => {
          setTag(value);
          setTyped(wordsOf(value));
        }}
      />
      <TextInput
        label={t('tagWords.words')}
        description={t('tagWords.help')}
        value={typed}
        maxLength={440}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {failure !== null && <ProblemAlert error={failure} ns="finding" />}
      <div className="row">
        <Button type="submit" variant="filled">
          {t('common:save')}
        </Button>
      </div>
    </form>
  );
}
