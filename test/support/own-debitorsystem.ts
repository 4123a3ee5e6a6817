/** Starts a debitorsystem of ours in a process that a test stops and kills; its state is the simulator's file. */
import { join } from 'node:path';
import type { SimulatorConfig } from '../../src/debitorsystem/backends/simulator/config.ts';
import { type ExampleProcess, startExample } from '../debitorsystem/example-process.ts';

interface OverHttp {
  readonly via: 'http';
  readonly port: number;
  readonly hmac: { readonly keyId: string; readonly secret: string };
  readonly svarUrl: string;
}

interface OverAmqp {
  readonly via: 'amqp';
  readonly url: string;
  readonly id: string;
}

export type OwnDebitorsystem = (OverHttp | OverAmqp) & { readonly simulator: SimulatorConfig };

export function startOwnDebitorsystem(given: OwnDebitorsystem): Promise<ExampleProcess> {
  const program = join(import.meta.dirname, 'debitorsystem-process.ts');
  return startExample(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(given)]);
}
