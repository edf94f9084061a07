import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { askForumAgain, useTopicCounts } from '../forum';

const TagField = lazyPart(() => import('../TagField'));

/** Title and tags can be put right by the author and the programme team. */
export function TopicTitle({ topic }: { topic: Topic }) {
  const { t } = useTranslation('forum');
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [title, setTitle] = useState(topic.title);
  const [tags, setTags] = useState(topic.tags);
  const open = () => {
    setTitle(topic.title);
    setTags(topic.tags);
    setOpened(true);
  };
  const save = async () => {
    await api.patch(`/cohorts/${topic.cohortId}/topics/${topic.id}`, { title, tags });
    askForumAgain(client, topic);
  };
  return (
    <>
      <Button size="sm" leftSection={<Icon of={IconPencil} size={16} />} onClick={open}>
        {t('rename')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('renameTitle')}
        act={t('common:save')}
        keep={t('common:cancel')}
        danger={false}
        ns="forum"
        onConfirm={save}
      >
        <TextInput
          label={t(`asking.${topic.kind}.field`)}
          value={title}
          maxLength={150}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Tags cohortId={topic.cohortId} value={tags} onChange={setTags} />
      </ConfirmDialog>
    </>
  );
}

interface TagsProps {
  cohortId: string;
  value: string[];
  onChange: (tags: string[]) => void;
}

/** With the tags that there are, asked for once somebody changes some. */
function Tags({ cohortId, value, onChange }: TagsProps) {
  const { t } = useTranslation('forum');
  const known = useTopicCounts(cohortId).data?.tags.map((one) => one.tag) ?? [];
  return (
    <Part>
      <TagField mt="sm" label={t('tags')} data={known} value={value} onChange={onChange} />
    </Part>
  );
}
