import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listOf } from '../../../i18n/list-of';
import { useLocale } from '../../../time/clock';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { Notice } from '../../../ui/page/State';
import { keepFocus } from '../../../ui/page/focus';
import { toastUndo } from '../../../ui/toast';
import { only } from './draft';
import type { CallDraft } from './useCallDraft';

/** What keeps one's words from being saved: somebody wrote the same parts, and one chooses; or it did not get through. */
export function Meanwhile({ writing }: { writing: CallDraft }) {
  const { t } = useTranslation('calls');
  const locale = useLocale();
  const { both, problem, keep } = writing;
  // What was typed comes back for whoever finds that theirs is not it.
  const take = () => {
    const mine = only(writing.draft, both);
    writing.take();
    keepFocus();
    toastUndo(t('meanwhile.taken'), () => writing.write(mine));
  };
  if (both.length > 0)
    return (
      <Notice tone="alert">
        <p>
          {t('meanwhile.what', {
            parts: listOf(
              both.map((part) => t(`parts.${part}`)),
              locale,
            ),
          })}
        </p>
        <p className="t2 mt4">{t('meanwhile.kept')}</p>
        <div className="row wrap mt8">
          <Button size="sm" onClick={take}>
            {t('meanwhile.take')}
          </Button>
          <Button size="sm" onClick={keep}>
            {t('meanwhile.keep')}
          </Button>
        </div>
      </Notice>
    );
  if (problem === null) return null;
  return <ProblemAlert error={problem} ns="calls" onRetry={() => void writing.flush()} />;
}
