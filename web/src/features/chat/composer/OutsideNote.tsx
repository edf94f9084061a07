import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { keepDraft, readDraft } from './drafts';
import classes from '../Chat.module.css';

interface OutsideNoteProps {
  channel: Channel;
  /** Whom the text names, and who will not be told. */
  people: readonly Person[];
  text: string;
}

/** Says before a message is sent who will not be told of it, and what can be done: let them in, or write to them. */
export default function OutsideNote({ channel, people, text }: OutsideNoteProps) {
  const { t } = useTranslation('chat');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const problemText = useProblemText('chat');
  const [busy, setBusy] = useState(false);
  const names = listOf(
    people.map(({ name }) => name),
    locale,
  );
  const doing = async (act: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      toastProblem(problemText(error));
    }
    setBusy(false);
  };
  const add = async () => {
    await Promise.all(people.map(({ id }) => api.put(`/channels/${channel.id}/members/${id}`)));
    await client.invalidateQueries({ queryKey: keys.channels });
  };
  const write = async () => {
    const { id } = await api.post<Channel>('/direct', { userIds: people.map((person) => person.id) });
    // Where they may come in by themselves, the link leads them there; elsewhere my own words go with it.
    const more = channel.kind === 'open' ? window.location.origin + window.location.pathname : text.trim();
    const begun = readDraft(id, null);
    if (!begun.includes(more))
      keepDraft(id, null, `${begun}${begun === '' || begun.endsWith('\n') ? '' : '\n'}${more}`);
    await navigate({ to: '/chat/$channelId', params: { channelId: id } });
  };
  const count = people.length;
  return (
    <div className={classes.outside} role="status">
      <p>
        {t('outside.note', { names, count })} {channel.abilities.addMembers && t('outside.reads')}
      </p>
      <div className="row g8 mt4">
        {channel.abilities.addMembers && (
          <Button size="compact-sm" loading={busy} onClick={() => void doing(add)}>
            {t('outside.add', { count })}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" loading={busy} onClick={() => void doing(write)}>
          {t(channel.kind === 'open' ? 'outside.link' : 'outside.write', { count })}
        </Button>
      </div>
    </div>
  );
}
