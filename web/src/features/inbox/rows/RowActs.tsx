import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../api/types';
import { ButtonLink } from '../../../ui/ButtonLink';
import classes from '../inbox.module.css';
import { addressOf } from './address-of';
import { actsOf } from './row-acts';
import { useRowAct } from './useRowAct';

interface RowActsProps {
  notice: Notification;
  onOpen: () => void;
  /** It is done what the notice asked for. */
  onDone: () => void;
}

/** What can be done about a notice without leaving the inbox, or the way to where it is done. */
export function RowActs({ notice, onOpen, onDone }: RowActsProps) {
  const { t } = useTranslation('inbox');
  const { mutate, isPending, variables } = useRowAct(notice, { onDone, onOpen });
  const { acts, link } = actsOf(notice);
  if (acts.length === 0 && link === null) return null;
  const named = (word: string) => ({ 'aria-label': t('actOf', { act: word, title: notice.title }) });
  return (
    <div className={classes.rowActs}>
      {acts.map((act, index) => (
        <Button
          key={act}
          size="sm"
          variant={index === 0 ? 'filled' : 'subtle'}
          loading={isPending && variables === act}
          disabled={isPending && variables !== act}
          onClick={() => mutate(act)}
          {...named(t(`row.${act}`))}
        >
          {t(`row.${act}`)}
        </Button>
      ))}
      {link && (
        <ButtonLink
          size="sm"
          variant={acts.length > 0 ? 'subtle' : 'default'}
          {...addressOf(notice)}
          onClick={onOpen}
          {...named(t(`row.${link}`))}
        >
          {t(`row.${link}`)}
        </ButtonLink>
      )}
    </div>
  );
}
