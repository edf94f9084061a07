import { SMTPServer } from 'smtp-server';

/** Takes mails and only remembers their Message-IDs and when the latest came. */
export async function startSink() {
  const ids = [];
  let latest = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      let head = '';
      stream.on('data', (chunk) => {
        if (head.length < 8_000) head += chunk.toString('latin1');
      });
      stream.on('end', () => {
        ids.push(/^message-id:\s*(\S+)/im.exec(head)?.[1] ?? 'none');
        latest = Date.now();
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    count: () => ids.length,
    doubles: () => ids.length - new Set(ids).size,
    latest: () => latest,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
