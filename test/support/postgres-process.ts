/** A process that starts a PostgreSQL and waits to be killed: for the test that nothing is left of it then. */
import { startOwnPostgres } from './postgres.ts';

const { url } = await startOwnPostgres();
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 60_000);
