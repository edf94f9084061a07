import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingChange } from '../../../../src/contracts/forum/rules';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';
import type { useSaving } from './useSaving';

interface SaveRowProps<Setting extends SettingChange> {
  saving: Pick<ReturnType<typeof useSaving<Setting, unknown>>, 'late' | 'problem' | 'busy' | 'isDirty' | 'take'>;
  isReady: boolean;
  /** What somebody else saved meanwhile. */
  theirs: (late: Setting) => ReactNode;
  /** More that can be done. */
  children?: ReactNode;
}

/** The end of a form of settings: what went wrong, what somebody else saved meanwhile, and the button. */
export function SaveRow<Setting extends SettingChange>({ saving, isReady, theirs, children }: SaveRowProps<Setting>) {
  const { t } = useTranslation('forum-settings');
  const { late, problem, busy, isDirty, take } = saving;
  return (
    <>
      {problem !== null && <ProblemAlert error={problem} ns="forum-settings" />}
      {late && (
        <Notice>
          <p className="med">{t('theirs', { name: late.changedBy?.name || t('common:formerMember') })}</p>
          {theirs(late)}
          <Button mt="sm" size="sm" onClick={() => take(late)}>
            {t('takeTheirs')}
          </Button>
        </Notice>
      )}
      <div className="row wrap">
        <Button type="submit" variant="filled" loading={busy} disabled={!isReady || (!isDirty && !late)}>
          {t(late ? 'saveOver' : 'common:save')}
        </Button>
        {children}
      </div>
    </>
  );
}
