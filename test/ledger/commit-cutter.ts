/** A way to PostgreSQL that can be cut behind a COMMIT: it reaches the server, and its outcome does not come back. */
import { type AddressInfo, connect, createServer } from 'node:net';

export interface CommitCutter {
  readonly url: string;
  /** From now on the next COMMIT goes through, and its connection is cut. */
  cutNextCommit(): void;
  close(): void;
}

/** The message as the driver sends it: kind Q, length, text, NUL. */
const COMMIT = Buffer.from('COMMIT\0');

export async function openCommitCutter(target: string): Promise<CommitCutter> {
  const at = new URL(target);
  let armed = false;
  const server = createServer((client) => {
    const upstream = connect(Number(at.port), at.hostname);
    let cut = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (chunk) => {
      if (armed && chunk.includes(COMMIT)) {
        armed = false;
        cut = true;
        // Only what comes back is lost: the server is left the time to carry it out.
        upstream.write(chunk, () => client.destroy());
      } else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (cut) upstream.destroy();
      else client.write(chunk);
    });
    for (const socket of [client, upstream]) socket.on('error', end);
    client.on('close', () => {
      if (!cut) upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cutNextCommit: () => {
      armed = true;
    },
    close: () => server.close(),
  };
}
