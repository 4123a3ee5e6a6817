/**
 * The few calls of RabbitMQ's management API that set up vhosts, users and definitions. The same on every rung and in both
 * generations, and some fifty times quicker than rabbitmqctl.
 */
import { type BrokerAdministration, BrokerUnavailable } from './running-broker.ts';

const CALL_LIMIT_MS = 15_000;

export interface ManagementAccess {
  /** `http://host:port`. */
  readonly baseUrl: string;
  /** An administrator's AMQP URL: its user and password are used, and its host and port stand in the URLs given out. */
  readonly amqpUrl: string;
}

function withVhost(amqpUrl: string, vhost: string, user?: string, password?: string): string {
  const url = new URL(amqpUrl);
  url.pathname = `/${encodeURIComponent(vhost)}`;
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
}

async function call(access: ManagementAccess, method: string, path: string, body?: unknown): Promise<Response> {
  const { username, password } = new URL(access.amqpUrl);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const response = await fetch(`${access.baseUrl}/api/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(CALL_LIMIT_MS),
  }).catch((error: unknown) => {
    throw new BrokerUnavailable(`RabbitMQ's management-API på ${access.baseUrl} svarer ikke.`, { cause: error });
  });
  return response;
}

async function change(access: ManagementAccess, method: string, path: string, body?: unknown): Promise<void> {
  const response = await call(access, method, path, body);
  const text = await response.text();
  if (!response.ok && !(method === 'DELETE' && response.status === 404)) {
    throw new BrokerUnavailable(`RabbitMQ afviste ${method} /api/${path}: ${response.status} ${text.slice(0, 2000)}`);
  }
}

/** Whether the management API answers, and the user may administer with it. */
export async function canAdminister(access: ManagementAccess): Promise<boolean> {
  try {
    const response = await call(access, 'GET', 'whoami');
    const text = await response.text();
    return response.ok && text.includes('administrator');
  } catch (error) {
    if (error instanceof BrokerUnavailable) return false;
    throw error;
  }
}

/** Administration of the broker whose management API `access` names. */
export function administrationOf(access: ManagementAccess): BrokerAdministration {
  const administrator = decodeURIComponent(new URL(access.amqpUrl).username);
  const name = encodeURIComponent;
  return {
    async createVhost(vhost) {
      await change(access, 'PUT', `vhosts/${name(vhost)}`, {});
      const all = { configure: '.*', write: '.*', read: '.*' };
      await change(access, 'PUT', `permissions/${name(vhost)}/${name(administrator)}`, all);
      return withVhost(access.amqpUrl, vhost);
    },
    async deleteVhost(vhost) {
      await change(access, 'DELETE', `vhosts/${name(vhost)}`);
    },
    async addUser(user, password, vhost, permissions, topic) {
      await change(access, 'PUT', `users/${name(user)}`, { password, tags: '' });
      await change(access, 'PUT', `permissions/${name(vhost)}/${name(user)}`, permissions);
      if (topic !== undefined) {
        await change(access, 'PUT', `topic-permissions/${name(vhost)}/${name(user)}`, topic);
      }
      return withVhost(access.amqpUrl, vhost, user, password);
    },
    async deleteUser(user) {
      await change(access, 'DELETE', `users/${name(user)}`);
    },
    async importDefinitions(definitions, vhost) {
      await change(access, 'POST', vhost === undefined ? 'definitions' : `definitions/${name(vhost)}`, definitions);
    },
  };
}
