/** A simulator on the kit's data, in this process, that a test can stand in front of to break it. */
import { join } from 'node:path';
import { readSimulatorState } from '../../../src/debitorsystem/backends/simulator/state.ts';
import { createSimulator } from '../../../src/debitorsystem/backends/simulator.ts';
import type { KitSubject } from '../../../src/debitorsystem/contract.ts';
import type {
  Capabilities,
  Command,
  Debitorsystem,
  DebitorsystemPorts,
  ExecuteContext,
  IdempotencyKey,
  Oere,
  Svar,
} from '../../../src/debitorsystem/debitorsystem.ts';
import { temporaryFolder } from '../simulator-scene.ts';

export const KIT_DATA = join(import.meta.dirname, '..', '..', '..', 'examples', 'kit-data.json');

/** As the kit finds it: each part can be replaced by a broken one. */
export interface Parts {
  execute(command: Command, context: ExecuteContext): ReturnType<Debitorsystem['execute']>;
  lookup: NonNullable<Debitorsystem['lookup']>;
  health: NonNullable<Debitorsystem['health']>;
  stop: NonNullable<Debitorsystem['stop']>;
}

type ReportSvar = DebitorsystemPorts['reportSvar'];
type Reports = (report: ReportSvar, opening: number) => ReportSvar;

export interface Wrong {
  /** What replaces which part. @param opening how often the backend has been opened, from 1. */
  readonly breaks?: (whole: Parts, opening: number, ports: DebitorsystemPorts) => Partial<Parts>;
  /** What replaces the port for svar. */
  readonly reports?: Reports;
  readonly capabilities?: Partial<Capabilities>;
  /** What replaces a customer's saldo. */
  readonly saldo?: (saldoOere: Oere) => Oere;
}

export function wrappedSimulator(wrong: Wrong = {}): KitSubject {
  const config = { data: KIT_DATA, store: join(temporaryFolder(), 'simulator.db'), senereDelayMs: 10 };
  let opening = 0;
  let close: () => Promise<void> = async () => undefined;
  return {
    capabilities: { idempotent: true, opslag: true, concurrency: 64, ...wrong.capabilities },
    restarts: true,
    async open(ports) {
      opening += 1;
      const simulator = createSimulator(config, {
        ...ports,
        reportSvar: wrong.reports?.(ports.reportSvar, opening) ?? ports.reportSvar,
      });
      const whole: Parts = {
        execute: (command, context) => simulator.execute(command, context),
        lookup: (noegle, signal) => simulator.lookup(noegle, signal),
        health: () => simulator.health(),
        stop: () => simulator.stop(),
      };
      const broken = { ...whole, ...wrong.breaks?.(whole, opening, ports) };
      await simulator.start();
      close = broken.stop;
      return broken;
    },
    close: () => close(),
    async saldo(kunde) {
      const saldoOere = await saldoIn(config.store)(kunde);
      return wrong.saldo?.(saldoOere) ?? saldoOere;
    },
  };
}

/** A customer's saldo, read in the store of a simulator that runs in a process of its own. */
export function saldoIn(store: string): NonNullable<KitSubject['saldo']> {
  return async ({ kundeType, kundeNummer }) => {
    const konti = readSimulatorState(store, 100).opkraevningskonti;
    const konto = konti.find((one) => one.kundeType === kundeType && one.kundeNummer.reveal() === kundeNummer);
    return konto?.saldoOere ?? 0n;
  };
}

/** The same command under another key. */
export function underKey<C extends Command>(command: C, suffix: string | number): C {
  return { ...command, noegle: `${command.noegle}.${suffix}` as IdempotencyKey };
}

/** Reports under the key that the command came with. */
export const underOwnKey: (report: ReportSvar) => ReportSvar = (report) => (reference, svar) =>
  report({ anmodningIdentifikator: reference.anmodningIdentifikator }, svar);

export function changedSvar(change: (svar: Svar) => Svar): Reports {
  return (report) => (reference, svar) => report(reference, change(svar));
}
