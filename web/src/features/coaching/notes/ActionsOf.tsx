import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionItem, MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useMe } from '../../../api/session';
import { useNow } from '../../../time/clock';
import { useFieldText } from '../../../ui/forms/form';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { useChoice } from '../../../ui/forms/useChoice';
import { ActionAge } from './ActionAge';
import classes from '../coaching.module.css';
import { coachingKeys, useActions } from '../queries';

const MAX_TEXT = 300;

/** What was taken on: carried over from the sessions before, and new here. */
export function ActionsOf({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const [adding, setAdding] = useState(false);
  // Who closes the form goes on from its button.
  const [closed, setClosed] = useState(false);
  const close = () => {
    setAdding(false);
    setClosed(true);
  };
  const actions = useActions(session.cohortId, session.id);
  return (
    <QueryBoundary
      query={actions}
      loading={
        <Group className="" title={t('actions.here')}>
          <RowSkeleton rows={1} />
        </Group>
      }
    >
      {(all) => {
        const carried = all.filter((action) => action.carried);
        const here = all.filter((action) => !action.carried);
        return (
          <>
            {carried.length > 0 && (
              <Group className="" title={t('actions.carried')} count={carried.length}>
                <Items session={session} items={carried} />
              </Group>
            )}
            <Group className={carried.length > 0 ? 'mt32' : ''} title={t('actions.here')} count={here.length}>
              {here.length === 0 && <p className="t2 mt8">{t('actions.none')}</p>}
              <Items session={session} items={here} />
              {session.abilities.addAction &&
                (adding ? (
                  <AddAction session={session} onClose={close} />
                ) : (
                  <Button
                    mt="xs"
                    size="sm"
                    autoFocus={closed}
                    leftSection={<Icon of={IconPlus} size={16} />}
                    onClick={() => setAdding(true)}
                  >
                    {t('actions.add')}
                  </Button>
                ))}
            </Group>
          </>
        );
      }}
    </QueryBoundary>
  );
}

function Items({ session, items }: { session: MentoringSession; items: readonly ActionItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul className={classes.todo}>
      {items.map((action) => (
        <Item key={action.id} session={session} action={action} />
      ))}
    </ul>
  );
}

function Item({ session, action }: { session: MentoringSession; action: ActionItem }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const now = useNow();
  const { value: state, choose } = useChoice(action.state, useSaveState(session, action), useProblemText('coaching'));
  const done = state === 'done';
  const mayChange = session.people.some((person) => person.id === me.id);
  return (
    <li>
      <Checkbox
        aria-label={t('actions.check', { text: action.text })}
        checked={done}
        disabled={!mayChange || state === 'dropped'}
        onChange={() => choose(done ? 'open' : 'done')}
      />
      <div className="grow">
        <span className={state === 'open' ? undefined : classes.done}>{action.text}</span>
        <div className="xs t3">
          {action.owner.name} · <ActionAge action={action} now={now} />
        </div>
      </div>
      {mayChange && !done && (
        <Button
          className={classes.drop}
          variant="subtle"
          size="sm"
          aria-label={t(state === 'open' ? 'actions.dropNamed' : 'actions.reopenNamed', { text: action.text })}
          onClick={() => choose(state === 'open' ? 'dropped' : 'open')}
        >
          {t(state === 'open' ? 'actions.drop' : 'actions.reopen')}
        </Button>
      )}
    </li>
  );
}

function useSaveState({ cohortId, id }: MentoringSession, action: ActionItem) {
  const client = useQueryClient();
  return async (state: ActionItem['state']) => {
    await api.patch<ActionItem>(`/cohorts/${cohortId}/sessions/${id}/actions/${action.id}`, { state });
    await client.invalidateQueries({ queryKey: coachingKeys.session(cohortId, id) });
    void client.invalidateQueries({ queryKey: coachingKeys.mine });
  };
}

function AddAction({ session, onClose }: { session: MentoringSession; onClose: () => void }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const client = useQueryClient();
  const fieldText = useFieldText('coaching');
  const problemText = useProblemText('coaching');
  const [text, setText] = useState('');
  const [ownerId, setOwnerId] = useState(session.participants[0] ?? me.id);
  const [dueOn, setDueOn] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { text, ownerId, ...(dueOn && { dueOn }) };
      await api.post(`/cohorts/${session.cohortId}/sessions/${session.id}/actions`, body);
      await client.invalidateQueries({ queryKey: coachingKeys.session(session.cohortId, session.id) });
      await client.invalidateQueries({ queryKey: coachingKeys.mine });
      onClose();
    } catch (error) {
      const field = error instanceof Problem ? error.errors[0] : undefined;
      setWrong(field ? fieldText(field.code, field.params) : problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="mt12" onSubmit={(event) => void add(event)}>
      <TextInput
        label={t('actions.what')}
        maxLength={MAX_TEXT}
        value={text}
        error={wrong}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.exception}>
        <NativeSelect
          label={t('actions.who')}
          value={ownerId}
          data={session.people.map((person) => ({ value: person.id, label: person.name }))}
          onChange={(event) => setOwnerId(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('actions.until')}
          value={dueOn}
          onChange={(event) => setDueOn(event.currentTarget.value)}
        />
      </div>
      <div className="row mt12">
        <Button type="submit" variant="filled" size="sm" loading={busy}>
          {t('actions.save')}
        </Button>
        <Button variant="subtle" size="sm" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </div>
    </form>
  );
}
