import { NotFound } from '../ui/NotFound';

/** An address that leads nowhere. */
export function MissingPage() {
  return (
    <main className="page">
      <NotFound />
    </main>
  );
}
