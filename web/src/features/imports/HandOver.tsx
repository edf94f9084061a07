import { Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, ImportSource } from '../../../../src/contracts/bridges/imports';
import { MAX_IMPORT_BYTES } from '../../../../src/contracts/limits';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { uploadFile } from '../../api/files/upload';
import { FilePlace } from '../../ui/forms/FilePlace';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { Notice } from '../../ui/page/State';

/** Where an export is dropped, with how far it is on its way. */
export function HandOver({ cohortId, source = 'slack' }: { cohortId: string; source?: ImportSource }) {
  const ns = source === 'slack' ? 'imports' : 'carrying';
  const { t } = useTranslation(ns as 'imports');
  const client = useQueryClient();
  const leaving = useRef(new AbortController());
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const here = (leaving.current = new AbortController());
    return () => here.abort();
  }, []);

  const take = async (file: File) => {
    setProblem(file.size > MAX_IMPORT_BYTES ? new Problem(413, 'file_too_large') : null);
    if (file.size > MAX_IMPORT_BYTES) return;
    setShare(0);
    try {
      const { signal } = leaving.current;
      await uploadFile<Import>(`/cohorts/${cohortId}/imports?source=${source}`, file, { onProgress: setShare, signal });
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'imports', source) });
    } catch (error) {
      if (!leaving.current.signal.aborted) setProblem(error);
    } finally {
      setShare(null);
    }
  };

  return (
    <>
      {problem !== null && (
        <div className="mt16 measure">
          <ProblemAlert error={problem} ns={ns} />
        </div>
      )}
      <FilePlace
        title={t('drop')}
        lead={t('how')}
        choose={t('choose')}
        accept={source === 'slack' ? '.zip,application/zip' : '.zip,.json,application/zip,application/json'}
        busy={share !== null}
        onFile={(file) => void take(file)}
        aside={
          <span role="status" className="t2 num">
            {share !== null && t('sending', { share })}
          </span>
        }
      >
        {share !== null && <Progress value={share * 100} aria-label={t('sending', { share })} mt={12} />}
      </FilePlace>
      <div className="measure mt16">
        <Notice tone="ok">
          <p>{t('safe')}</p>
          <p className="mt4">{t('privacy')}</p>
        </Notice>
      </div>
    </>
  );
}
