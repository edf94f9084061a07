import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isMissing } from '../../../api/problem';
import { useStore } from '../../../api/store';
import { bringWords } from '../../../i18n/i18n';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { usePageTitle } from '../../../ui/page/title';
import { CallFrame } from '../CallFrame';
import type { Saver } from './saver';
import { useFile } from './useFile';

/** With the words of its form. */
async function fileShown() {
  const [shown] = await Promise.all([import('./FileShown'), bringWords('call-forms')]);
  return shown;
}
const FileShown = lazyPart(fileShown);
// Beside the file itself.
void fileShown().catch(() => undefined);

/** My file by the link of a letter, without a login: filled in, handed in, changed until the call closes, withdrawn. */
export default function ApplicationPage() {
  const { token } = useParams({ from: '/application/$token' });
  const { saver, error, again } = useFile(token);
  if (saver) return <Opened saver={saver} />;
  if (isMissing(error)) return <Dead />;
  return <Opening error={error} onRetry={again} />;
}

function Opened({ saver }: { saver: Saver }) {
  const { isGone } = useStore(saver.shown);
  if (isGone) return <Dead />;
  return (
    <Part fallback={<Opening error={null} />}>
      <FileShown saver={saver} />
    </Part>
  );
}

function Opening({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('apply');
  usePageTitle(t('file.title'));
  return (
    <CallFrame>
      <div className="page">
        <h1>{t('file.title')}</h1>
        <div className="mt16">
          {error ? <ProblemAlert error={error} ns="apply" onRetry={onRetry} /> : <RowSkeleton />}
        </div>
      </div>
    </CallFrame>
  );
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
