import { Button } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { setLocale } from '../../i18n/i18n';
import { useLocale } from '../../time/clock';
import { BrandMark } from '../../ui/Brand';
import { Icon } from '../../ui/Icon';
import { usePageTitle } from '../../ui/page/title';
import classes from './auth.module.css';

interface AuthFrameProps {
  title: string;
  lead?: ReactNode;
  /** The right half of a wide screen. */
  aside: ReactNode;
  /** The right half stays, below, on a phone. */
  asideOnPhone?: boolean;
  /** The colour of the cohort that invites. */
  colour?: string;
  children: ReactNode;
}

/** The frame of the pages in front of the door: brand, language, one form, and what awaits behind it. */
export function AuthFrame({ title, lead, aside, asideOnPhone, colour = 'bruyere', children }: AuthFrameProps) {
  usePageTitle(title);
  useEffect(() => {
    document.body.dataset.cohort = colour;
  }, [colour]);
  return (
    <div className={classes.frame}>
      <main className={classes.left}>
        <div className="row between">
          <Brand />
          <LanguageSwitch />
        </div>
        <div className={classes.form}>
          <h1>{title}</h1>
          {lead && <p className="t2 md mt4">{lead}</p>}
          {children}
        </div>
      </main>
      <aside className={asideOnPhone ? classes.right : `${classes.right} only-wide`}>
        <div>{aside}</div>
      </aside>
    </div>
  );
}

/** The mark and the name. */
export function Brand() {
  return (
    <span className={classes.brand}>
      <BrandMark />
      <b translate="no">Cordée</b>
    </span>
  );
}

/** Offers the other language, in that language. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = useLocale() === 'fr' ? 'en' : 'fr';
  return (
    <Button
      variant="subtle"
      lang={other}
      leftSection={<Icon of={IconLanguage} />}
      onClick={() => void setLocale(other)}
    >
      {t(`common:languages.${other}`)}
    </Button>
  );
}
