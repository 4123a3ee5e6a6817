/**
 * Imports a definitions.json through RabbitMQ's management API, and exits 0 when it stands. compose.yaml runs it once:
 *
 *   MANAGEMENT_URL=http://user:password@host:15672 node import.mjs definitions.json
 */
import { readFileSync } from 'node:fs';

const { MANAGEMENT_URL } = process.env;
const [file] = process.argv.slice(2);
if (MANAGEMENT_URL === undefined || file === undefined) throw new Error('MANAGEMENT_URL or the file is missing');

const url = new URL('/api/definitions', MANAGEMENT_URL);
const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
url.username = '';
url.password = '';
const response = await fetch(url, {
  method: 'POST',
  headers: {
    authorization: `Basic ${Buffer.from(login).toString('base64')}`,
    'content-type': 'application/json',
  },
  body: readFileSync(file),
});
if (!response.ok) {
  process.stderr.write(`RabbitMQ svarede ${response.status}: ${await response.text()}\n`);
  process.exitCode = 1;
}
