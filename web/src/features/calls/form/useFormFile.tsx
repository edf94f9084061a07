import { Menu } from '@mantine/core';
import { IconFileExport, IconFileImport } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { saveAsFile } from '../../../ui/forms/save-file';
import { Icon } from '../../../ui/Icon';
import { toastProblem, toastUndo } from '../../../ui/toast';
import type { CallDraft } from '../edit/useCallDraft';
import { MOST_BYTES, formAsFile, formFromFile } from './form-file';

/** For the menu of a call: its form as a file, and one from a file, which can be taken back. What chooses the file stands beside the menu, which is gone by then. */
export function useFormFile(call: Call, writing: CallDraft) {
  const { t } = useTranslation('calls');
  const input = useRef<HTMLInputElement>(null);
  const { fields } = writing.draft;
  const bring = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size <= MOST_BYTES ? formFromFile(await file.text()) : null;
    if (!read) {
      toastProblem(t('acts.noForm'));
      return;
    }
    writing.write(() => ({ fields: read }));
    toastUndo(t('acts.formBrought', { count: read.length }), () => writing.write(() => ({ fields: [...fields] })));
  };
  const items = (
    <>
      <Menu.Item
        leftSection={<Icon of={IconFileExport} size={16} />}
        onClick={() => saveAsFile(`${call.slug}.json`, 'application/json', formAsFile(fields))}
      >
        {t('acts.exportForm')}
      </Menu.Item>
      {call.abilities.edit && (
        <Menu.Item leftSection={<Icon of={IconFileImport} size={16} />} onClick={() => input.current?.click()}>
          {t('acts.importForm')}
        </Menu.Item>
      )}
    </>
  );
  const chooser = (
    <input
      ref={input}
      type="file"
      accept="application/json"
      hidden
      aria-label={t('acts.importForm')}
      onChange={(event) => {
        void bring(event.currentTarget.files?.[0]);
        event.currentTarget.value = '';
      }}
    />
  );
  return { items, chooser };
}
