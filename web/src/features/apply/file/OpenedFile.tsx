import type { ReactNode } from 'react';
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
import type { useFile } from './useFile';

/** With the words of its form. */
async function fileShown() {
  const [shown] = await Promise.all([import('./FileShown'), bringWords('call-forms')]);
  return shown;
}
const FileShown = lazyPart(fileShown);
// Beside the file itself.
void fileShown().catch(() => undefined);

interface OpenedFileProps {
  file: ReturnType<typeof useFile>;
  /** What is said where it leads to nothing: it was never there, or is erased. */
  dead: ReactNode;
}

/** A file in the hands of who applies: filled in, handed in, changed until the call closes, withdrawn. */
export function OpenedFile({ file: { saver, error, again }, dead }: OpenedFileProps) {
  if (saver) return <Opened saver={saver} dead={dead} />;
  if (isMissing(error)) return dead;
  return <Opening error={error} onRetry={again} />;
}

function Opened({ saver, dead }: { saver: Saver; dead: ReactNode }) {
  const { isGone } = useStore(saver.shown);
  if (isGone) return dead;
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
