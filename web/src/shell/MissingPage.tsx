import { NotFound } from '../ui/NotFound';
import { BrandMark } from '../ui/Brand';
import classes from './MissingPage.module.css';

/** An address that leads nowhere. */
export function MissingPage() {
  return (
    <main className={classes.page}>
      <span className={classes.mark}>
        <BrandMark />
      </span>
      <NotFound />
    </main>
  );
}
