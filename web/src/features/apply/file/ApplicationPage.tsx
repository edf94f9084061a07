import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../../../ui/page/title';
import { CallFrame } from '../CallFrame';
import { byLink } from './client';
import { OpenedFile } from './OpenedFile';
import { useFile } from './useFile';

/** My file by the link of a letter, without a login. */
export default function ApplicationPage() {
  const { token } = useParams({ from: '/application/$token' });
  return <OpenedFile file={useFile(token, byLink(token))} dead={<Dead />} />;
}

/** The link leads to nothing: it is not whole, or what it led to is erased. */
function Dead() {
  const { t } = useTranslation('apply');
  usePageTitle(t('dead.title'));
  return (
    <CallFrame>
      <div className="page">
        <div className="measure">
          <h1>{t('dead.title')}</h1>
          <p className="t2 md mt8">{t('dead.body')}</p>
          <p className="t2 md mt8">{t('dead.again')}</p>
          <p className="mt16">
            <Link className="link" to="/calls">
              {t('dead.calls')}
            </Link>
          </p>
        </div>
      </div>
    </CallFrame>
  );
}
