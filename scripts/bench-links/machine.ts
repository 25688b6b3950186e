// A web server that asks the database three times, one after the other, for each request.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

const query = Buffer.alloc(100, 'q');
const page = Buffer.alloc(4000, 'p');
const idle: Socket[] = [];
let databasePort = 0;

const server = createServer({ keepAliveTimeout: 90_000 }, (request, response) => {
  if (request.url === '/healthz') response.end();
  else void askThrice().then(() => response.end(page));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', (told: { databasePort: number }) => {
  databasePort = told.databasePort;
});
process.on('disconnect', () => process.exit());

async function askThrice(): Promise<void> {
  const socket = idle.pop() ?? connect({ port: databasePort, host: '127.0.0.1', noDelay: true });
  for (let i = 0; i < 3; i++) {
    socket.write(query);
    await once(socket, 'data');
  }
  idle.push(socket);
}
