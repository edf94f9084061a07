import { useTranslation } from 'react-i18next';
import { ButtonLink } from './ButtonLink';
import { usePageTitle } from './title';

/** The same as a page of its own behind the sign-in. */
export function NotFoundPage() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}

/** Nothing here, or nothing that may be seen: the two look alike on purpose. */
export function NotFound() {
  const { t } = useTranslation();
  usePageTitle(t('notFound.title'));
  return (
    <div className="measure">
      <h1 tabIndex={-1}>{t('notFound.title')}</h1>
      <p className="t2 md mt8">{t('notFound.body')}</p>
      <div className="row mt24">
        <ButtonLink to="/" variant="filled">
          {t('notFound.act')}
        </ButtonLink>
      </div>
    </div>
  );
}
