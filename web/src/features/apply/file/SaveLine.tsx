import { VisuallyHidden } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale, useZone } from '../../../time/clock';
import { formatTime } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { State } from '../../../ui/page/State';
import classes from '../apply.module.css';
import type { Shown } from './saver';

type Saved = Pick<Shown, 'saving' | 'savedAt' | 'draft'>;

/** Whether what was typed is saved, and when; in sight all the time. */
export function SaveLine({ shown }: { shown: Saved }) {
  const { t } = useTranslation('apply');
  const words = useSavedWords(shown);
  if (shown.saving === 'failing') return <State tone="wait">{t('save.failing')}</State>;
  if (shown.saving === 'stopped') return <State tone="alert">{t('save.stopped')}</State>;
  if (shown.saving !== 'saved') return <State>{t('save.saving')}</State>;
  return words && <State tone="ok">{words}</State>;
}

function useSavedWords({ savedAt, draft }: Saved): string | null {
  const { t } = useTranslation('apply');
  const [zone, locale] = [useZone(), useLocale()];
  const at = savedAt === null ? draft.server.changedAt : new Date(savedAt).toISOString();
  return at === null ? null : t('save.saved', { time: formatTime(at, zone, locale) });
}

/** Tells a screen reader that it is saved, once after it was not; each pause of the typing is not worth a word. */
export function SaveTold({ shown: { saving, savedAt } }: { shown: Saved }) {
  const { t } = useTranslation('apply');
  const [told, setTold] = useState('');
  const next =
    saving === 'failing' ? t('save.failing') : saving === 'saved' && savedAt !== null ? t('save.isSaved') : told;
  if (next !== told) setTold(next);
  return <VisuallyHidden role="status">{told}</VisuallyHidden>;
}

/** Over the page as long as nothing goes through. */
export function FailingLine({ shown: { saving } }: { shown: Saved }) {
  const { t } = useTranslation('apply');
  if (saving !== 'failing') return null;
  return (
    <div className={classes.failing}>
      <p>
        <Icon of={IconCloudOff} />
        {t('save.failingLong')}
      </p>
    </div>
  );
}
