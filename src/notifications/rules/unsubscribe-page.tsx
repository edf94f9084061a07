import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../../contracts/primitives.js';
import { wordsOf } from '../words/words.js';

/** What the page says; `act` is on its button, which a page that has nothing (more) to do has not. */
export interface UnsubscribePage {
  title: string;
  text: string;
  act?: string;
}

/** The page that asks whether to stop something, or says that it is done, or that the link leads nowhere: HTML. */
export function unsubscribePage(locale: Locale, { title, text, act }: UnsubscribePage): string {
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Cordée`}</title>
      </head>
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '36rem',
          margin: '15vh auto',
          padding: '0 1.5rem',
          lineHeight: 1.5,
        }}
      >
        <main>
          <h1 style={{ fontSize: '1.4rem' }}>{title}</h1>
          <p role={act ? undefined : 'status'}>{text}</p>
          {act && (
            <form method="post">
              <button type="submit" style={{ font: 'inherit', padding: '0.6rem 1rem' }}>
                {act}
              </button>
            </form>
          )}
          <p>
            <a href="/settings/notifications">{wordsOf(locale).mail.change}</a>
          </p>
        </main>
      </body>
    </html>,
  )}`;
}
