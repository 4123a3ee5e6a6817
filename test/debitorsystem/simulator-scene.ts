/** A simulator on a data file of the test's own, and commands to give it, in short. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SimulatorConfig } from '../../src/debitorsystem/backends/simulator/config.ts';
import type { FordringState } from '../../src/debitorsystem/backends/simulator/state.ts';
import { createSimulator, type RunningSimulator } from '../../src/debitorsystem/backends/simulator.ts';
import type {
  DebitorsystemPorts,
  ExecuteContext,
  SvarReceipt,
  SvarReference,
} from '../../src/debitorsystem/debitorsystem.ts';
import { parseBeloeb } from '../../src/domain/beloeb.ts';
import type { Command, HandlingCommand, KontantIndbetalingCommand } from '../../src/domain/command.ts';
import type { Handling, KontoFordringer } from '../../src/domain/handling.ts';
import {
  type Cvr,
  type Dato,
  type DebitorkontoId,
  type FagsystemId,
  type FordringId,
  type HandlingTypeKode,
  type IdempotencyKey,
  KundeNummer,
  type TransaktionsId,
  type Uuid,
} from '../../src/domain/identer.ts';
import type { Svar, Udfald } from '../../src/domain/udfald.ts';

export const FAGSYSTEM = 'kulturskole' as FagsystemId;
export const MYNDIGHED = '29189846' as Cvr;

export interface SeedFordring {
  readonly identifikator: string;
  readonly type?: string;
  readonly hovedfordring?: string;
  readonly tilstand: string;
  readonly beloeb: string;
  readonly restbeloeb: string;
  readonly betalt?: string;
  readonly forfaldsdato: string;
}

export interface SeedKonto {
  readonly fagsystem: string;
  readonly myndighed: string;
  readonly identifikator: string;
  readonly tilstand?: string;
  readonly kredit?: string;
  readonly fordringer: readonly SeedFordring[];
}

/** A fordring that owes 100.00 of 100.00, unless told otherwise. */
export function fordring(identifikator: string, given: Partial<SeedFordring> = {}): SeedFordring {
  return {
    identifikator,
    tilstand: 'AABEN',
    beloeb: '100.00',
    restbeloeb: '100.00',
    forfaldsdato: '2026-06-01',
    ...given,
  };
}

/** An UDLIGNET fordring on which this much was paid. */
export function paid(identifikator: string, beloeb = '100.00'): SeedFordring {
  return fordring(identifikator, { tilstand: 'UDLIGNET', beloeb, restbeloeb: '0.00' });
}

export function konto(
  identifikator: string,
  fordringer: readonly SeedFordring[],
  given: Partial<SeedKonto> = {},
): SeedKonto {
  return { fagsystem: FAGSYSTEM, myndighed: MYNDIGHED, identifikator, fordringer, ...given };
}

export interface ReportedSvar {
  readonly reference: SvarReference;
  readonly svar: Svar;
}

export interface Scene {
  readonly simulator: RunningSimulator;
  /** Reports that were made, in order, also those that were rejected. */
  readonly reported: readonly ReportedSvar[];
  readonly logged: readonly { readonly event: string; readonly fields: object }[];
  execute(command: Command, context?: Partial<ExecuteContext>): Promise<Udfald>;
  /** The udfald, or the svar where it was accepted for later. */
  answerTo(command: HandlingCommand): Promise<Udfald | Svar>;
  /** Carries out a SENERE command and waits for its svar. */
  svarTo(command: HandlingCommand): Promise<Svar>;
  /** The fordring with this identifikator, wherever it stands. */
  fordring(identifikator: string): FordringState;
  /** Every fordring and every credit, to compare before and after. */
  snapshot(): unknown;
  kreditOf(identifikator: string): bigint;
}

export interface SceneOptions extends Partial<SimulatorConfig> {
  /** Where the store is kept; a folder of the test's own where left out. */
  readonly folder?: string;
  readonly reportSvar?: (report: ReportedSvar) => Promise<SvarReceipt>;
  readonly now?: () => number;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function context(given: Partial<ExecuteContext> = {}): ExecuteContext {
  return { signal: new AbortController().signal, deadline: Number.MAX_SAFE_INTEGER, attempt: 1, ...given };
}

/** Starts a simulator; it is stopped when the test ends, unless the test has stopped it. */
export async function startScene(debitorkonti: readonly SeedKonto[], options: SceneOptions = {}): Promise<Scene> {
  const { folder = temporaryFolder(), reportSvar, now = Date.now, ...config } = options;
  const data = join(folder, 'data.json');
  writeFileSync(data, JSON.stringify({ debitorkonti }));
  const reported: ReportedSvar[] = [];
  const logged: { event: string; fields: object }[] = [];
  const listeners = new Set<(report: ReportedSvar) => void>();
  const ports: DebitorsystemPorts = {
    now,
    log: (event, fields) => logged.push({ event, fields }),
    async reportSvar(reference, svar) {
      const report = { reference, svar };
      reported.push(report);
      const receipt = (await reportSvar?.(report)) ?? { art: 'modtaget' as const };
      for (const listener of listeners) listener(report);
      return receipt;
    },
  };
  const simulator = createSimulator({ data, store: ':memory:', senereDelayMs: 0, ...config }, ports);
  await simulator.start();
  onTestFinished(async () => {
    await simulator.stop().catch(() => undefined);
  });
  const execute: Scene['execute'] = (command, given) => simulator.execute(command, context(given));
  const answerTo: Scene['answerTo'] = async (command) => {
    // Listening begins before the command is given: its svar may come at any moment from then on.
    const svar = new Promise<Svar>((resolve) => {
      listeners.add((report) => {
        if (report.reference.noegle === command.noegle) resolve(report.svar);
      });
    });
    const udfald = await execute(command);
    return udfald.art === 'accepteretTilSenere' ? svar : udfald;
  };
  return {
    simulator,
    reported,
    logged,
    execute,
    answerTo,
    async svarTo(command) {
      const answer = await answerTo(command);
      if ('art' in answer) throw new Error(`ikke accepteret til senere: ${codesOf(answer).join() || answer.art}`);
      return answer;
    },
    fordring(identifikator) {
      const found = simulator.state().fordringer.find((one) => one.identifikator === identifikator);
      if (found === undefined) throw new Error(`ingen fordring ${identifikator}`);
      return found;
    },
    snapshot() {
      const { debitorkonti: konti, fordringer, opkraevningskonti } = simulator.state();
      return { konti, fordringer, opkraevningskonti };
    },
    kreditOf(identifikator) {
      return simulator.state().debitorkonti.find((one) => one.identifikator === identifikator)?.kreditOere ?? -1n;
    },
  };
}

let nextNumber = 1;

/** A UUID that no other command of the test file has. */
export function nextUuid(): Uuid {
  nextNumber += 1;
  return `00000000-0000-4000-8000-${nextNumber.toString().padStart(12, '0')}` as Uuid;
}

export interface CommandDetails {
  readonly beloeb?: string;
  readonly virkningDato?: string;
  readonly tilstand?: string;
  readonly objektType?: string;
  readonly svarform?: 'STRAKS' | 'SENERE';
  readonly id?: Uuid;
  readonly fagsystem?: string;
  readonly myndighed?: string;
}

const SENERE = new Set(['AFSKRIV', 'HENSTAND', 'OVERFOER_INDBETALING', 'OVERFOER_FORDRING', 'AFSLUT_KONTO']);

export function command(kode: string, handling: Handling, details: CommandDetails = {}): HandlingCommand {
  const { beloeb, virkningDato, tilstand, id = nextUuid(), fagsystem = FAGSYSTEM } = details;
  const beloebOere = beloeb === undefined ? undefined : parseBeloeb(beloeb);
  return {
    art: 'handling',
    noegle: `handling:${fagsystem}:${id}` as IdempotencyKey,
    fagsystem: fagsystem as FagsystemId,
    transaktionsId: 'transaktion' as TransaktionsId,
    modtaget: 0,
    anmodningIdentifikator: id,
    myndighed: (details.myndighed ?? MYNDIGHED) as Cvr,
    handlingstype: kode as HandlingTypeKode,
    svarform: details.svarform ?? (SENERE.has(kode) ? 'SENERE' : 'STRAKS'),
    handling,
    objektType: details.objektType ?? 'FORDRING',
    parametre: {
      ...(beloebOere === undefined ? {} : { beloebOere }),
      ...(virkningDato === undefined ? {} : { virkningDato: virkningDato as Dato }),
      parametre: tilstand === undefined ? [] : [{ navn: 'Tilstand', vaerdi: tilstand }],
    },
  };
}

/** Variant 1. */
export function whole(debitorkonto: string): Handling {
  return { variant: 1, debitorkonto: debitorkonto as DebitorkontoId };
}

function side(debitorkonto: string, fordringer: readonly string[]): KontoFordringer {
  return { debitorkonto: debitorkonto as DebitorkontoId, fordringer: fordringer as readonly FordringId[] };
}

/** Variant 2. */
export function named(debitorkonto: string, ...fordringer: readonly string[]): Handling {
  return { variant: 2, ...side(debitorkonto, fordringer) };
}

/** Variant 3. */
export function between(fra: string, til: string): Handling {
  return { variant: 3, fra: fra as DebitorkontoId, til: til as DebitorkontoId };
}

/** Variant 4. */
export function moving(fra: readonly [string, ...string[]], til: readonly [string, ...string[]]): Handling {
  const [fraKonto, ...fraFordringer] = fra;
  const [tilKonto, ...tilFordringer] = til;
  return { variant: 4, fra: side(fraKonto, fraFordringer), til: side(tilKonto, tilFordringer) };
}

export function cash(
  beloebOere: bigint,
  given: { readonly kundeNummer?: string; readonly kundeType?: string; readonly id?: string } = {},
): KontantIndbetalingCommand {
  const { kundeNummer = '0101701234', kundeType = 'CPR-Person', id = nextUuid() } = given;
  return {
    art: 'kontantIndbetaling',
    noegle: `kontantIndbetaling:${FAGSYSTEM}:${id}` as IdempotencyKey,
    fagsystem: FAGSYSTEM,
    transaktionsId: 'transaktion' as TransaktionsId,
    modtaget: 0,
    kundeNummer: new KundeNummer(kundeNummer),
    kundeType,
    indbetalingType: 'Kontanter',
    beloebOere,
    indbetalingDato: '2026-11-22' as Dato,
  };
}

export function codesOf(udfald: Udfald | Svar): readonly string[] {
  if ('art' in udfald) return udfald.art === 'afvist' ? udfald.fejl.map((fejl) => fejl.kode) : [];
  return (udfald.fejl ?? []).map((fejl) => fejl.kode);
}
