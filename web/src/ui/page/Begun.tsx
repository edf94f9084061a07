import { Button, CopyButton, Textarea } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

export interface BegunText {
  key: string;
  /** What it was to be. */
  label: string;
  text: string;
}

/** What I had begun where it cannot be sent any more: to be read and copied. Nothing where there is none. */
export default function Begun({ texts }: { texts: readonly BegunText[] }) {
  const { t } = useTranslation();
  const heading = useId();
  if (texts.length === 0) return null;
  return (
    <section className="mt24" aria-labelledby={heading}>
      <h2 id={heading}>{t('left.begun')}</h2>
      <p className="t2 mt4">{t('left.begunWhat')}</p>
      {texts.map(({ key, label, text }) => (
        <BegunWords key={key} label={label} text={text} />
      ))}
    </section>
  );
}

interface BegunWordsProps extends Omit<BegunText, 'key'> {
  /** What else can be done with it. */
  children?: ReactNode;
}

/** One of them. */
export function BegunWords({ label, text, children }: BegunWordsProps) {
  const { t } = useTranslation();
  return (
    <div className="mt12">
      <Textarea label={label} value={text} readOnly autosize minRows={1} maxRows={10} />
      <div className="row wrap mt8">
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="sm" onClick={copy}>
              {t(copied ? 'secret.copied' : 'secret.copy')}
            </Button>
          )}
        </CopyButton>
        {children}
      </div>
    </div>
  );
}
