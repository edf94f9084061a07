import { useTranslation } from 'react-i18next';
import { useSignOut } from '../../ui/useSignOut';

/** Signed in as another person on this device: an invitation is never taken by accident. */
export function SomebodyElse({ name }: { name: string }) {
  const { t } = useTranslation('auth');
  const { out, asking } = useSignOut();
  return (
    <div className="mt24">
      <p className="md">{t('invitation.somebodyElse', { name })}</p>
      <div className="row mt16">
        <button type="button" className="link" onClick={out}>
          {t('invitation.signOutFirst')}
        </button>
      </div>
      {asking}
    </div>
  );
}
