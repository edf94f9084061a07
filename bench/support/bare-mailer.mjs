/** The reference of a burst of reminders: a bare BullMQ worker that sends one mail a job, as many at a time as the product does. */
import { Worker } from 'bullmq';
import { createServer } from 'node:http';
import { createTransport } from 'nodemailer';

const mails = createTransport({ url: process.env.SMTP_URL, pool: true, maxConnections: 8 });
const html = `<p>${'A reminder of a workshop, with where, when and who. '.repeat(90)}</p>`;
const send = (job) =>
  mails.sendMail({
    from: 'bench@people.test',
    to: `p${job.id}@people.test`,
    subject: 'In an hour: a workshop',
    html,
    text: 'A workshop',
    messageId: `<bare-${job.id}@people.test>`,
  });
const worker = new Worker('bare', send, {
  connection: { url: process.env.REDIS_URL, maxRetriesPerRequest: null },
  prefix: process.env.REDIS_PREFIX,
  concurrency: 8,
});
worker.on('error', () => {});
createServer((_request, response) => response.writeHead(200).end()).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
