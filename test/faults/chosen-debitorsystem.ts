/**
 * A debitorsystem in memory whose every answer is chosen by whoever runs it: a call waits until it is told what it comes
 * to. It outlives the adapter, as a real one does. What it has once answered under a key it keeps to.
 */
import type {
  Capabilities,
  Debitorsystem,
  DebitorsystemPorts,
  SvarReceipt,
} from '../../src/debitorsystem/debitorsystem.ts';
import { IkkeUdfoert } from '../../src/debitorsystem/debitorsystem.ts';
import type { Command } from '../../src/domain/command.ts';
import { debitorkontiOf } from '../../src/domain/handling.ts';
import type { IdempotencyKey, Uuid } from '../../src/domain/identer.ts';
import type { Svar, Udfald } from '../../src/domain/udfald.ts';
import type { Effect, Identity } from './evidence.ts';
import { handlingContent, kontantContent } from './recording/store.ts';

/** What a call comes to. `tabt`: an error that says nothing, before or after it was carried out. */
export type Choice = 'udfoert' | 'afvist' | 'forbigaaende' | 'umuligt' | 'tabtFoer' | 'tabtEfter' | 'vroevl';

interface Call {
  readonly command: Command;
  readonly resolve: (udfald: Udfald) => void;
  readonly reject: (error: Error) => void;
  /** What it came to, where it was carried out before it is answered. */
  udfald: Udfald | undefined;
}

/** A command that was accepted for later. */
export interface Accepted {
  readonly noegle: IdempotencyKey;
  readonly anmodning: Uuid;
  /** What it came to, from its first report on; whether the adapter took that can be unknown. */
  svar: Svar | undefined;
  taken: boolean;
}

const AFVIST: Udfald = { art: 'afvist', fejl: [{ kode: 'PROEVE', tekst: 'Prøven afviser' }] };

function isSenere(command: Command): boolean {
  return command.art === 'handling' && command.svarform === 'SENERE';
}

function effectOf(command: Command, seq: number): Effect {
  const { noegle, fagsystem } = command;
  if (command.art === 'kontantIndbetaling') {
    const { beloebOere: oere, transaktionsId: id } = command;
    return { seq, noegle, fagsystem, art: command.art, id, content: kontantContent(oere), oere };
  }
  const { handlingstype, handling, parametre, anmodningIdentifikator: id } = command;
  const content = handlingContent(handlingstype, debitorkontiOf(handling), parametre.beloebOere ?? 0n);
  return { seq, noegle, fagsystem, art: 'handling', id, content, oere: 0n };
}

export class ChosenDebitorsystem {
  readonly effects: Effect[] = [];
  readonly accepted = new Map<string, Accepted>();
  /** Keys that were refused for good. */
  readonly refused = new Set<string>();
  readonly capabilities: Capabilities;
  readonly #activity: { calls: number };
  readonly #answers = new Map<string, Udfald>();
  #calls: Call[] = [];
  #seq = 0;
  #reportSvar: DebitorsystemPorts['reportSvar'] | undefined;

  constructor(kind: 'idempotent' | 'opslag' | 'neither', activity: { calls: number }) {
    this.capabilities = { idempotent: kind === 'idempotent', opslag: kind === 'opslag', concurrency: 8 };
    this.#activity = activity;
  }

  /** What the adapter sees of it. */
  ports(): Debitorsystem {
    const execute = (command: Command): Promise<Udfald> =>
      new Promise((resolve, reject) => {
        this.#activity.calls += 1;
        this.#calls.push({ command, resolve, reject, udfald: undefined });
      });
    if (!this.capabilities.opslag) return { execute };
    return {
      execute,
      lookup: (noegle) => {
        this.#activity.calls += 1;
        return Promise.resolve(this.#answers.get(noegle));
      },
    };
  }

  attach(reportSvar: DebitorsystemPorts['reportSvar']): void {
    this.#reportSvar = reportSvar;
  }

  get waiting(): number {
    return this.#calls.length;
  }

  /** The adapter is gone: nobody hears the answers. What was not carried out never will be. */
  hangUp(error: Error): void {
    for (const { reject } of this.#calls.splice(0)) reject(error);
  }

  /** Answers one of the waiting calls. */
  answer(index: number, choice: Choice): boolean {
    const [call] = this.#calls.splice(this.#calls.length === 0 ? 0 : index % this.#calls.length, 1);
    if (call === undefined) return false;
    this.#activity.calls += 1;
    this.#answerCall(call, choice);
    return true;
  }

  /** @returns whether anything waited. */
  answerAll(): boolean {
    const any = this.#calls.length > 0;
    for (const call of this.#calls.splice(0)) this.#answerCall(call, 'udfoert');
    return any;
  }

  /** Carries a waiting SENERE command out and reports its svar before the call is answered. */
  async reportEarly(index: number, status: Svar['status'], at: number): Promise<SvarReceipt | undefined> {
    const senere = this.#calls.filter(({ command }) => isSenere(command));
    const call = senere[senere.length === 0 ? 0 : index % senere.length];
    if (call === undefined || this.refused.has(call.command.noegle)) return undefined;
    call.udfald ??= this.#carryOut(call.command);
    const accepted = this.accepted.get(call.command.noegle);
    return accepted === undefined ? undefined : this.report(accepted, status, at);
  }

  /**
   * Reports a svar. One whose report came to an unknown end is reported again as it was; only after it was taken can
   * another status be tried, which makes it a different svar. Rejects where the adapter died over it.
   */
  async report(accepted: Accepted, status: Svar['status'], at: number): Promise<SvarReceipt> {
    if (this.#reportSvar === undefined) throw new Error('nobody to report to');
    this.#activity.calls += 1;
    const first: Svar = accepted.svar ?? { status, tid: at, begrundelse: status };
    accepted.svar = first;
    const svar = accepted.taken && first.status !== status ? { ...first, status } : first;
    const reference = { noegle: accepted.noegle, anmodningIdentifikator: accepted.anmodning };
    const receipt = await this.#reportSvar(reference, svar);
    this.#activity.calls += 1;
    if (receipt.art === 'modtaget') accepted.taken = true;
    return receipt;
  }

  /** Reports a svar for an anmodning that this never accepted for later. */
  reportStray({ fagsystem, id }: Identity, at: number): Promise<SvarReceipt> {
    if (this.#reportSvar === undefined) throw new Error('nobody to report to');
    this.#activity.calls += 1;
    const noegle = `handling:${fagsystem}:${id}` as IdempotencyKey;
    return this.#reportSvar({ noegle, anmodningIdentifikator: id as Uuid }, { status: 'GENNEMFOERT', tid: at });
  }

  /** Reports what is owed. @returns whether anything was. */
  async reportAll(at: number): Promise<boolean> {
    const owed = [...this.accepted.values()].filter(({ taken }) => !taken);
    for (const one of owed) await this.report(one, 'GENNEMFOERT', at);
    return owed.length > 0;
  }

  forget(): void {
    this.effects.length = 0;
    this.accepted.clear();
    this.refused.clear();
    this.#answers.clear();
  }

  #carryOut(command: Command): Udfald {
    const { noegle } = command;
    const before = this.#answers.get(noegle);
    if (before !== undefined && this.capabilities.idempotent) return before;
    this.#seq += 1;
    this.effects.push(effectOf(command, this.#seq));
    const udfald: Udfald = isSenere(command)
      ? { art: 'accepteretTilSenere' }
      : { art: 'udfoert', resultat: { debitorsystemReference: `REF-${this.#seq}`, fordringer: [] } };
    this.#answers.set(noegle, udfald);
    if (command.art === 'handling' && isSenere(command)) {
      this.accepted.set(noegle, { noegle, anmodning: command.anmodningIdentifikator, svar: undefined, taken: false });
    }
    return udfald;
  }

  #answerCall(call: Call, choice: Choice): void {
    const { command, resolve, reject } = call;
    const { noegle } = command;
    const known = this.#answers.has(noegle);
    const carryOut = (): Udfald => call.udfald ?? this.#carryOut(command);
    if (known && choice === 'afvist') {
      // What was carried out is not refused afterwards.
      resolve(carryOut());
      return;
    }
    switch (choice) {
      case 'udfoert':
        resolve(carryOut());
        break;
      case 'tabtEfter':
        carryOut();
        reject(new Error('the answer was lost'));
        break;
      case 'tabtFoer':
        reject(new Error('nothing was carried out, but who knows'));
        break;
      case 'vroevl':
        carryOut();
        resolve({ art: 'maaske' } as unknown as Udfald);
        break;
      case 'afvist':
        this.refused.add(noegle);
        this.#answers.set(noegle, AFVIST);
        resolve(AFVIST);
        break;
      case 'forbigaaende':
      case 'umuligt':
        // Turned away at the door: true of this attempt, and silent about the ones before.
        reject(new IkkeUdfoert(choice, { forbigaaende: choice === 'forbigaaende' }));
        break;
    }
  }
}
