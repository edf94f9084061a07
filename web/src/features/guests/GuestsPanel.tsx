import { Button } from '@mantine/core';
import { IconDownload, IconExternalLink, IconMail, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Guest } from '../../../../src/contracts/workshops/guests';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { Avatar } from '../../ui/people/Avatar';
import { Group } from '../../ui/page/Group';
import { ConfirmDialog } from '../../ui/confirm';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Rows } from '../../ui/page/Row';
import { State } from '../../ui/page/State';
import { toastProblem } from '../../ui/toast';
import { saveGuests, useEndGuest, useGuests } from './queries';
import classes from './guests.module.css';

/** For hosts and staff: who comes from outside, what they answered, and the page on which they register. */
export default function GuestsPanel({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('guests');
  const [ending, setEnding] = useState<Guest | null>(null);
  return (
    <QueryBoundary query={useGuests(workshop)} ns="guests">
      {({ items }) => (
        <Group className="mt32" title={t('list.title')} count={items.length} right={<Acts workshop={workshop} />}>
          {items.length === 0 ? (
            <p className="t2 mt12">{t('list.nobody')}</p>
          ) : (
            <Rows tight label={t('list.title')}>
              {items.map((guest) => (
                <OneGuest key={guest.id} guest={guest} onEnd={() => setEnding(guest)} />
              ))}
            </Rows>
          )}
          {workshop.publicPath !== null && (
            <p className="mt12">
              <a className="link" href={workshop.publicPath} target="_blank" rel="noreferrer noopener">
                <Icon of={IconExternalLink} size={16} /> {t('list.page')}
              </a>
            </p>
          )}
          {ending && <EndDialog workshop={workshop} guest={ending} onClose={() => setEnding(null)} />}
        </Group>
      )}
    </QueryBoundary>
  );
}

function Acts({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('guests');
  const text = useProblemText('guests');
  const save = () => void saveGuests(workshop).catch((error: unknown) => toastProblem(text(error)));
  return (
    <Button variant="subtle" size="xs" leftSection={<Icon of={IconDownload} size={16} />} onClick={save}>
      {t('list.csv')}
    </Button>
  );
}

/** Asks first: the place goes to whoever waits. */
function EndDialog({ workshop, guest, onClose }: { workshop: Workshop; guest: Guest; onClose: () => void }) {
  const { t } = useTranslation('guests');
  const end = useEndGuest(workshop);
  const { name, plusOne } = guest;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('list.end.ask', { name })}
      act={t('list.end.act')}
      keep={t('list.end.keep')}
      ns="guests"
      onConfirm={() => end(guest)}
    >
      <p>{t('list.end.told', { plusOne: plusOne ? 'yes' : 'no' })}</p>
    </ConfirmDialog>
  );
}

function OneGuest({ guest, onEnd }: { guest: Guest; onEnd: () => void }) {
  const { id, name, email, plusOne, status, leftAt, answers, refused, abilities } = guest;
  const { t } = useTranslation('guests');
  const state = status ?? (leftAt === null ? 'unconfirmed' : 'left');
  return (
    <li>
      <Avatar id={id} name={name} url={null} size={32} />
      <div className="grow">
        <span className="title">{name}</span>
        <div className="meta">
          <span>{t(`list.is.${state}`)}</span>
          {plusOne && (
            <span>
              <Icon of={IconUserPlus} size={16} />
              {t('list.plusOne')}
            </span>
          )}
          {email && (
            <span className={classes.address}>
              <Icon of={IconMail} size={16} />
              <a className="link" href={`mailto:${email}`}>
                {email}
              </a>
            </span>
          )}
          {refused && <State tone="alert">{t('list.refused', { answer: refused.answer ?? '' }).trim()}</State>}
        </div>
        {answers.length > 0 && (
          <dl className={classes.answers}>
            {answers.map(({ question, answer }) => (
              <div key={question}>
                <dt>{question}</dt>
                <dd>{typeof answer === 'boolean' ? t(answer ? 'answer.yes' : 'answer.no') : answer}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {abilities.end && (
        <Button variant="subtle" size="xs" aria-label={t('list.end.of', { name })} onClick={onEnd}>
          {t('list.end.act')}
        </Button>
      )}
    </li>
  );
}
