import { Button } from '@mantine/core';
import { IconCalendarPlus, IconMessage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../src/contracts/mentoring/requests';
import { useBooks, useMe } from '../../api/session';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { useMessage } from '../../ui/markdown/message';
import { Notice } from '../../ui/page/State';
import { useNameOf } from './names';
import classes from './requests.module.css';

/** One sentence: what is to happen now, and the next step of the two once it is accepted. */
export function WhatNow({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const me = useMe();
  const nameOf = useNameOf();
  const { asker, owner, state, abilities } = request;
  const part = asker.id === me.id ? 'asker' : owner?.id === me.id || abilities.accept ? 'owner' : 'other';
  const words = t(`now.${state}.${part}`, {
    asker: nameOf(asker),
    owner: owner ? nameOf(owner) : 'none',
  });
  const tone = state === 'accepted' ? 'ok' : state === 'declined' ? 'alert' : 'wait';
  if (state === 'declined') return <p className="state alert mt16">{words}</p>;
  return (
    <div className="mt16">
      <Notice tone={tone}>
        {words}
        {state === 'accepted' && part !== 'other' && <NextStep request={request} />}
      </Notice>
    </div>
  );
}

/** A word to each other; and where who helps is a coach, an hour of theirs, with the need written already. */
function NextStep({ request }: { request: HelpRequest }) {
  const { t } = useTranslation('requests');
  const me = useMe();
  const books = useBooks();
  const { message, busy } = useMessage();
  const { id, cohortId, asker, owner, ownerIsCoach } = request;
  if (!owner) return null;
  const isAsker = asker.id === me.id;
  const other = isAsker ? owner : asker;
  return (
    <div className={classes.acts}>
      {other.name && (
        <Button
          variant={isAsker && ownerIsCoach ? 'default' : 'filled'}
          leftSection={<Icon of={IconMessage} />}
          loading={busy !== null}
          onClick={() => message(other.id)}
        >
          {t('write', { name: other.name.split(' ')[0] })}
        </Button>
      )}
      {isAsker && ownerIsCoach && books && (
        <ButtonLink
          variant="filled"
          to="/c/$cohortId/coaching"
          params={{ cohortId }}
          search={{ tab: 'slots', coach: owner.id, request: id } as never}
          leftSection={<Icon of={IconCalendarPlus} />}
        >
          {t('bookTime')}
        </ButtonLink>
      )}
    </div>
  );
}
