import { Button, Progress } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '../../../../src/contracts/imports';
import { MOST_IMPORT_BYTES } from '../../../../src/contracts/limits';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { uploadFile } from '../../api/upload';
import { Icon } from '../../ui/Icon';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Notice } from '../../ui/State';
import classes from './imports.module.css';

/** Where an export is dropped, with how far it is on its way. */
export function HandOver({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const leaving = useRef(new AbortController());
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    const here = (leaving.current = new AbortController());
    return () => here.abort();
  }, []);

  const take = async (files: FileList | null) => {
    const file = files?.[0];
    if (!file || share !== null) return;
    setProblem(file.size > MOST_IMPORT_BYTES ? new Problem(413, 'file_too_large') : null);
    if (file.size > MOST_IMPORT_BYTES) return;
    setShare(0);
    try {
      const { signal } = leaving.current;
      await uploadFile<Import>(`/cohorts/${cohortId}/imports`, file, { onProgress: setShare, signal });
      await client.invalidateQueries({ queryKey: keys.in(cohortId, 'imports') });
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
          <ProblemAlert error={problem} ns="imports" />
        </div>
      )}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files);
        }}
      >
        <p className="md med">{t('drop')}</p>
        <p className="t2 mt4">{t('how')}</p>
        <div className="row mt16">
          <Button
            variant="filled"
            leftSection={<Icon of={IconUpload} />}
            loading={share !== null}
            onClick={() => input.current?.click()}
          >
            {t('choose')}
          </Button>
          <span role="status" className="t2 num">
            {share !== null && t('sending', { share })}
          </span>
        </div>
        {share !== null && <Progress value={share * 100} aria-label={t('sending', { share })} mt={12} />}
        <input
          ref={input}
          type="file"
          accept=".zip,application/zip"
          hidden
          aria-label={t('choose')}
          onChange={(event) => {
            void take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <div className="measure mt16">
        <Notice tone="ok">
          <p>{t('safe')}</p>
          <p className="mt4">{t('privacy')}</p>
        </Notice>
      </div>
    </>
  );
}
