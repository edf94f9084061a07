import { NotFound } from '../ui/page/NotFound';
import { BrandMark } from '../ui/Brand';
import classes from './MissingPage.module.css';

/** An address that leads nowhere. */
export function MissingPage() {
  return <Page why="notFound" />;
}

/** Where the server leads who followed a link whose address it cannot read. */
export function BrokenLinkPage() {
  return <Page why="brokenLink" />;
}

function Page({ why }: { why: 'notFound' | 'brokenLink' }) {
  return (
    <main className={classes.page}>
      <span className={classes.mark}>
        <BrandMark />
      </span>
      <NotFound why={why} />
    </main>
  );
}
