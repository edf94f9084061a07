import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ofPerson } from '../../../api/drafts';
import { signedIn, useMe } from '../../../api/session';
import { useStore } from '../../../api/store';
import { NoNetwork } from '../../../shell/NoNetwork';
import { ToSignIn } from '../../../shell/ToSignIn';
import { usePageTitle } from '../../../ui/page/title';
import { CallFrame } from '../CallFrame';
import { byAccount } from '../file/client';
import { OpenedFile } from '../file/OpenedFile';
import { useFile } from '../file/useFile';

/** My file by my account: it goes from the page, and what is not saved yet from the browser, as I sign out. */
export default function MyApplicationPage() {
  const state = useStore(signedIn);
  if (state === 'unknown') return <NoNetwork />;
  return state === 'in' ? <Mine /> : <ToSignIn />;
}

function Mine() {
  const me = useMe();
  const { applicationId } = useParams({ from: '/applications/$applicationId' });
  const file = useFile(applicationId, byAccount(applicationId), `${ofPerson(me.id)}application:`);
  return <OpenedFile file={file} dead={<Gone />} />;
}

function Gone() {
  const { t } = useTranslation('apply');
  usePageTitle(t('mine.gone'));
  return (
    <CallFrame>
      <div className="page">
        <div className="measure">
          <h1>{t('mine.gone')}</h1>
          <p className="t2 md mt8">{t('mine.goneBody')}</p>
          <p className="mt16">
            <Link className="link" to="/applications">
              {t('mine.title')}
            </Link>
          </p>
        </div>
      </div>
    </CallFrame>
  );
}
