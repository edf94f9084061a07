import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ButtonLink';
import { usePageTitle } from './title';

/** The same as a page of its own behind the sign-in. */
export function NotFoundPage() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}

/** Nothing here, or nothing that may be seen: the two look alike on purpose. `brokenLink`: the address itself cannot be read. */
export function NotFound({ why = 'notFound' }: { why?: 'notFound' | 'brokenLink' }) {
  const { t } = useTranslation();
  usePageTitle(t(`${why}.title`));
  return (
    <div className="measure">
      <h1 tabIndex={-1}>{t(`${why}.title`)}</h1>
      <p className="t2 md mt8">{t(`${why}.body`)}</p>
      <div className="row mt24">
        <ButtonLink to="/" variant="filled">
          {t(`${why}.act`)}
        </ButtonLink>
      </div>
    </div>
  );
}
