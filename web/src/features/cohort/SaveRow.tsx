import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { SaveButton } from '../../ui/forms/SaveButton';
import { State } from '../../ui/page/State';

interface SaveRowProps {
  act: string;
  busy: boolean;
  saved: boolean;
  dirty: boolean;
  problem: unknown;
}

/** The end of each form of this page: what went wrong, the button, and that it is saved. */
export function SaveRow({ act, busy, saved, dirty, problem }: SaveRowProps) {
  const { t } = useTranslation('cohort');
  return (
    <>
      <ProblemAlert error={problem} ns="cohort" />
      <div className="row g12">
        <SaveButton dirty={dirty} busy={busy}>
          {act}
        </SaveButton>
        <span role="status">{saved && <State tone="ok">{t('common:saved')}</State>}</span>
      </div>
    </>
  );
}
