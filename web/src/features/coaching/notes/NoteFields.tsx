import { Button, NativeSelect, Textarea } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteAudience, Notes } from '../../../../../src/contracts/mentoring/mentoring';
import { Icon } from '../../../ui/Icon';
import { NamedReaders } from './NamedReaders';

const MAX_BODY = 20_000;

interface NoteFieldsProps {
  label: string;
  body: string;
  onBody: (body: string) => void;
  audience: NoteAudience;
  onAudience: (audience: NoteAudience) => void;
  /** The audiences to choose from, each with its readers. */
  audiences: Notes['audiences'];
  busy: boolean;
  /** Who does not read it, in words; those of a session by default. */
  notThose?: (audience: NoteAudience) => string;
  /** For words that are opened to be changed. */
  autoFocus?: boolean;
  /** What stands beside the button that saves. */
  beside?: ReactNode;
}

/** The words of a note and who can read them: readers are named, with faces, before anything is saved. */
export function NoteFields(props: NoteFieldsProps) {
  const { label, body, onBody, audience, onAudience, audiences, busy, autoFocus, beside, notThose } = props;
  const { t } = useTranslation('coaching');
  const readers = audiences.find((one) => one.audience === audience)?.readers ?? [];
  return (
    <>
      <Textarea
        aria-label={label}
        autoFocus={autoFocus}
        placeholder={t('notes.placeholder')}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={MAX_BODY}
        value={body}
        onChange={(event) => onBody(event.currentTarget.value)}
      />
      <div className="row wrap mt8">
        <span className="row g4 t2" aria-hidden="true">
          <Icon of={IconEye} size={16} />
          {t('notes.who')}
        </span>
        <NativeSelect
          aria-label={t('notes.who')}
          value={audience}
          data={audiences.map((one) => ({ value: one.audience, label: t(`audience.${one.audience}.name`) }))}
          onChange={(event) => onAudience(event.currentTarget.value as NoteAudience)}
        />
        <span className="right row">
          {beside}
          <Button type="submit" variant="filled" loading={busy} disabled={body.trim() === ''}>
            {t('notes.save')}
          </Button>
        </span>
      </div>
      <NamedReaders readers={readers} not={notThose ? notThose(audience) : t(`audience.${audience}.not`)} />
    </>
  );
}
