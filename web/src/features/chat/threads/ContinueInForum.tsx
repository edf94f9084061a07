import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconMessages } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumShare, Message } from '../../../../../src/contracts/chat/chat';
import { excerptOf } from '../../../../../src/common/markdown/excerpt';
import { CreateTopic, type Topic } from '../../../../../src/contracts/forums';
import { api } from '../../../api/http';
import { ConfirmDialog } from '../../../ui/confirm';
import { useFieldText } from '../../../ui/forms/form';
import { Icon } from '../../../ui/Icon';
import { zodValidate } from '../../../ui/forms/zod-validate';
import { asSent } from '../../../ui/naming/as-sent';
import { fromTokens } from '../../../ui/naming/tokens';
import { SuggestingArea } from '../../../ui/naming/SuggestingArea';
import { useMembers } from '../../../ui/naming/useMembers';
import { useLocale } from '../../../time/clock';
import { useChatPeople } from '../channels/people';
import classes from '../Chat.module.css';

const MAX_TITLE = 150;

interface ContinueInForumProps {
  /** The message that the thread hangs on. */
  root: Message;
  cohortId: string;
  share: ForumShare;
}

/** The way from a thread to its topic in the forum, or to making one of it. */
export function ContinueInForum({ root, cohortId, share }: ContinueInForumProps) {
  const { t } = useTranslation('chat');
  const { nameOf } = useChatPeople();
  const locale = useLocale();
  const navigate = useNavigate();
  const members = useMembers(cohortId);
  const fieldText = useFieldText('chat');
  const [opened, setOpened] = useState(false);
  const form = useForm({
    initialValues: { title: '', body: '' },
    validate: (values) => zodValidate(CreateTopic, fieldText)(asked(values, root)),
  });

  if (root.topicId) {
    return (
      <p className={classes.goesOn}>
        <Icon of={IconMessages} size={16} />
        <Link className="link" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: root.topicId }}>
          {t('forum.goesOn')}
        </Link>
      </p>
    );
  }
  if (share === 'nothing' || root.deletedAt) return null;

  const open = () => {
    form.setValues({ title: firstLine(fromTokens(root.body, nameOf, locale)), body: '' });
    form.clearErrors();
    setOpened(true);
  };
  const send = async () => {
    const { title, body } = form.values;
    const topic = await api.post<Topic>(
      `/cohorts/${cohortId}/topics`,
      asked({ title, body: await asSent(body, cohortId) }, root),
    );
    await navigate({ to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: topic.id } });
  };
  return (
    <div className={classes.goesOn}>
      <Button variant="subtle" size="sm" leftSection={<Icon of={IconMessages} size={16} />} onClick={open}>
        {t('forum.continue')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('forum.title')}
        act={t('forum.act')}
        keep={t('common:cancel')}
        danger={false}
        ns="chat"
        isReady={() => !form.validate().hasErrors}
        onConfirm={send}
      >
        <p>{t(`forum.share.${share}`)}</p>
        <TextInput
          mt="sm"
          label={t('forum.question')}
          maxLength={MAX_TITLE}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('title')}
        />
        <SuggestingArea
          sources={[members]}
          mt="sm"
          label={t('forum.intro')}
          description={t('forum.introHelp')}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={20_000}
          {...form.getInputProps('body')}
        />
      </ConfirmDialog>
    </div>
  );
}

/** What is sent: without an introduction the thread speaks for itself. */
const asked = ({ title, body }: { title: string; body: string }, { channelId, id }: Message) => ({
  title,
  ...(body.trim() !== '' && { body }),
  tags: [],
  fromThread: { channelId, messageId: id },
});

/** How the thread begins, as a proposal for the question. */
const firstLine = (text: string) => excerptOf(text.split('\n').find((line) => line.trim() !== '') ?? '', MAX_TITLE);
