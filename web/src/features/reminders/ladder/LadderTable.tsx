import { Button, VisuallyHidden } from '@mantine/core';
import { IconBell, IconBellOff, IconCheck, IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LadderRung, ReminderLadder } from '../../../../../src/contracts/reminders/reminder-ladder';
import { useLocale } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import { State, Tag } from '../../../ui/page/State';
import classes from './ladder.module.css';
import { RungForm } from './RungForm';
import { useRungWords } from './rung-words';

interface LadderTableProps {
  cohortId: string;
  ladder: ReminderLadder;
  canEdit: boolean;
}

/** All rungs by what they remind of; one is edited at a time, in its place. */
export function LadderTable({ cohortId, ladder, canEdit }: LadderTableProps) {
  const { t } = useTranslation('reminders');
  const [open, setOpen] = useState<LadderRung['kind'] | null>(null);
  const subjects = [...new Set(ladder.rungs.map(({ subject }) => subject))];
  return (
    <table className={classes.ladder}>
      <caption>
        <VisuallyHidden>{t('ladder.title')}</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          {(['when', 'who', 'how', 'words', 'state'] as const).map((head) => (
            <th key={head} scope="col">
              {t(`ladder.heads.${head}`)}
            </th>
          ))}
          <th scope="col">
            <VisuallyHidden>{t('ladder.edit')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      {subjects.map((subject) => (
        <tbody key={subject}>
          <tr className={classes.subject}>
            <th colSpan={6} scope="rowgroup">
              {t(`subjects.${subject}`)}
            </th>
          </tr>
          {ladder.rungs
            .filter((rung) => rung.subject === subject)
            .map((rung) =>
              open === rung.kind ? (
                <tr key={rung.kind} className={classes.editing}>
                  <td colSpan={6}>
                    <RungForm cohortId={cohortId} ladder={ladder} rung={rung} onClose={() => setOpen(null)} />
                  </td>
                </tr>
              ) : (
                <RungRow key={rung.kind} rung={rung} onEdit={canEdit ? () => setOpen(rung.kind) : undefined} />
              ),
            )}
        </tbody>
      ))}
    </table>
  );
}

function RungRow({ rung, onEdit }: { rung: LadderRung; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation('reminders');
  const locale = useLocale();
  const { nameOf } = useRungWords();
  const { on, channels, text, isChanged } = rung;
  return (
    <tr data-off={!on}>
      <td>
        <b>{nameOf(rung)}</b> {isChanged && <Tag tone="info">{t('ladder.changed')}</Tag>}
      </td>
      <td>{t(`ladder.whom.${rung.kind.replace('.', '_')}`)}</td>
      <td>
        <span className={classes.channels}>
          {channels.map((channel) => (
            <span key={channel} className="row g4">
              <Icon of={channel === 'mail' ? IconMail : IconBell} size={16} />
              {t(`channels.${channel}`)}
            </span>
          ))}
        </span>
      </td>
      <td className={text ? undefined : 't3'}>
        {text ? t('ladder.quoted', { text: text[locale] }) : t('ladder.usualWords')}
      </td>
      <td>
        <State icon={on ? IconCheck : IconBellOff} tone={on ? 'ok' : undefined}>
          {t(on ? 'ladder.on' : 'ladder.off')}
        </State>
      </td>
      <td>
        {onEdit && (
          <Button
            variant="subtle"
            size="sm"
            data-rung={rung.kind}
            aria-label={t('ladder.editOne', { rung: `${t(`subjects.${rung.subject}`)}, ${nameOf(rung)}` })}
            onClick={onEdit}
          >
            {t('ladder.edit')}
          </Button>
        )}
      </td>
    </tr>
  );
}
