/**
 * A vhost of its own for a test file, on the broker that the whole run shares. What a test declares there meets no other
 * test. A test that hurts the broker itself (kill, restart, freeze) starts its own with `startBroker()`.
 */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import type { Permissions, TopicPermissions } from '../../src/ops/broker-ladder.ts';

export type BrokerRequest =
  | { readonly kind: 'createVhost'; readonly vhost: string }
  | { readonly kind: 'deleteVhost'; readonly vhost: string }
  | {
      readonly kind: 'addUser';
      readonly vhost: string;
      readonly user: string;
      readonly password: string;
      readonly permissions: Permissions;
      readonly topic?: TopicPermissions;
    }
  | { readonly kind: 'importDefinitions'; readonly definitions: unknown; readonly vhost?: string }
  | { readonly kind: 'ctl'; readonly args: readonly string[] };

async function ask(request: BrokerRequest): Promise<unknown> {
  const response = await fetch(inject('brokerControlUrl'), { method: 'POST', body: JSON.stringify(request) });
  const { result, error } = (await response.json()) as { result?: unknown; error?: string };
  if (!response.ok) throw new Error(error);
  return result;
}

export interface Vhost {
  readonly name: string;
  /** AMQP URL of an administrator on this vhost. */
  readonly url: string;
  /** RabbitMQ's version, such as `3.10.8`. */
  readonly version: string;
  /** The management API, with the user and password of `url`; absent where there is none. */
  readonly managementUrl: string | undefined;
  /** Creates a user with permissions in this vhost only, and resolves with its AMQP URL. Users are shared by the run: use names of your own. */
  addUser(user: string, password: string, permissions: Permissions, topic?: TopicPermissions): Promise<string>;
  /** Imports a definitions.json; into this vhost, or with `global` as the definitions say. */
  importDefinitions(definitions: unknown, scope?: 'global'): Promise<void>;
  /** rabbitmqctl on the shared broker: name the vhost yourself (`'--vhost', vhost.name`). */
  ctl(...args: readonly string[]): Promise<string>;
  /** Deletes the vhost with everything in it, which also closes its connections. It goes with the broker otherwise. */
  delete(): Promise<void>;
}

/** An empty vhost with a unique name. The first call of a run also starts the broker (some 6 s), so call it in a hook. */
export async function freshVhost(): Promise<Vhost> {
  const vhost = `test-${randomBytes(6).toString('hex')}`;
  const made = (await ask({ kind: 'createVhost', vhost })) as Pick<Vhost, 'url' | 'version' | 'managementUrl'>;
  return {
    ...made,
    managementUrl: made.managementUrl,
    name: vhost,
    async addUser(user, password, permissions, topic) {
      const optional = topic === undefined ? {} : { topic };
      return String(await ask({ kind: 'addUser', vhost, user, password, permissions, ...optional }));
    },
    async importDefinitions(definitions, scope) {
      await ask({ kind: 'importDefinitions', definitions, ...(scope === 'global' ? {} : { vhost }) });
    },
    async ctl(...args) {
      return String(await ask({ kind: 'ctl', args }));
    },
    async delete() {
      await ask({ kind: 'deleteVhost', vhost });
    },
  };
}
