import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../contracts/primitives.js';
import type { StopWords } from './stopping.js';
import { wordsOf } from './words.js';

/** The page that asks whether to stop something, or says that it is done: HTML. */
export function unsubscribePage(locale: Locale, { title, ask, done, act }: StopWords, isDone: boolean): string {
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
          <p role={isDone ? 'status' : undefined}>{isDone ? done : ask}</p>
          {!isDone && (
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
