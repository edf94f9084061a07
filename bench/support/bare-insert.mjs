/** The reference of booking behind HTTP: a bare server that inserts one document under a unique key; 201, or 409 when it is taken. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import mongoose from 'mongoose';

const connection = await mongoose.createConnection(process.env.MONGODB_URI, { maxPoolSize: 50 }).asPromise();
const taken = connection.collection('bare-slots');

createServer(async (request, response) => {
  if (request.url === '/readyz') return response.writeHead(200).end();
  const body = JSON.parse(await text(request));
  const status = await taken.insertOne({ _id: `${body.coachId} ${body.startsAt}`, ...body }).then(
    () => 201,
    (error) => (error.code === 11_000 ? 409 : 500),
  );
  return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}).listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
