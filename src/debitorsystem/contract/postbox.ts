/**
 * The adapter's side of the ports, for one run of the kit: takes svar by the adapter's own rules, and remembers everything
 * that the backend said, so that cases can look at it afterwards.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Command, HandlingCommand } from '../../domain/command.ts';
import type { Uuid } from '../../domain/identer.ts';
import type { Svar, Udfald } from '../../domain/udfald.ts';
import type { DebitorsystemPorts, SvarReceipt } from '../debitorsystem.ts';
import { parseReportedSvar, parseSvarReference } from '../udfald-contract.ts';
import { saidCommand } from './outcomes.ts';

/** What is done with the reports of one command: taken unless a case says otherwise. */
export type Reception = (report: number) => 'modtag' | 'afvis' | 'kan ikke nu';

interface Expected {
  readonly command: HandlingCommand;
  readonly udfald: Udfald['art'][];
  /** Every report that was a svar, in order. */
  readonly reports: Svar[];
  /** How many complaints there were before the command was given. */
  readonly earlier: number;
  /** How many svar had been reported, to whatever command, before this one was given. */
  readonly svarBefore: number;
  /** Why the latest report of it was no svar. */
  unreadable?: string;
  taken?: Svar;
  reception?: Reception;
  readonly waiting: Set<(svar: Svar | undefined) => void>;
}

const UNASKED = 'et svar på en anmodning, der ikke blev accepteret til senere';
/** What the backends `http` and `amqp` log where the debitorsystem behind them has sent what is no svar, or not as itself. */
const NOT_TAKEN = /^(?:http|amqp)\.(?:svar-unreadable|svar-sender-refused|udfald-unreadable)$/;
/** Texts kept for the case about CPR numbers. */
const MAX_HEARD = 20_000;

export class Postbox {
  readonly ports: DebitorsystemPorts;
  readonly #expected = new Map<Uuid, Expected>();
  readonly #heard: string[] = [];
  /** What each svar that was reported belongs to by its reference, in order. */
  readonly #references: HandlingCommand[] = [];
  /** What was wrong with reports, in order. */
  readonly complaints: string[] = [];

  constructor() {
    this.ports = {
      now: () => Date.now(),
      log: (event, fields) => this.#logged(event, fields),
      reportSvar: async (reference, svar) => this.#receive(reference, svar),
    };
  }

  /** A command that is about to be given: its svar is known when it comes, however early. */
  expect(command: Command): void {
    if (command.art !== 'handling' || this.#expected.has(command.anmodningIdentifikator)) return;
    const earlier = this.complaints.length;
    this.#expected.set(command.anmodningIdentifikator, {
      command,
      udfald: [],
      reports: [],
      earlier,
      svarBefore: this.#references.length,
      waiting: new Set(),
    });
  }

  answered(command: Command, { art }: Udfald): void {
    const expected = this.#of(command);
    expected?.udfald.push(art);
    if (expected?.taken !== undefined && art !== 'accepteretTilSenere') this.complaints.push(UNASKED);
  }

  /** Decides what becomes of a command's reports, before it is given. */
  receive(command: Command, reception: Reception): void {
    this.expect(command);
    const expected = this.#of(command);
    if (expected !== undefined) expected.reception = reception;
  }

  /** Every report of a command's svar, in order, also those that were not taken. */
  reportsOf(command: Command): readonly Svar[] {
    return this.#of(command)?.reports ?? [];
  }

  /** Resolves with the svar that was taken; undefined where there is none in time. */
  svarTo(command: Command, limitMs: number): Promise<Svar | undefined> {
    const expected = this.#of(command);
    if (expected === undefined || expected.taken !== undefined) return Promise.resolve(expected?.taken);
    return new Promise((resolve) => {
      const finish = (svar: Svar | undefined): void => {
        clearTimeout(timer);
        expected.waiting.delete(finish);
        resolve(svar);
      };
      const timer = setTimeout(() => finish(undefined), limitMs);
      expected.waiting.add(finish);
    });
  }

  /** Nobody will report any more: whoever waits for a svar is told that there is none. */
  giveUp(): void {
    for (const { waiting } of this.#expected.values()) for (const finish of [...waiting]) finish(undefined);
  }

  /** Why there is no svar to a command, as far as anything was reported since it was given; '' where nothing was. */
  whyNone(command: Command): string {
    const expected = this.#of(command);
    if (expected?.unreadable !== undefined) return `; det er meldt, men kan ikke læses: ${expected.unreadable}`;
    const reports = expected?.reports.length ?? 0;
    if (reports > 0)
      return `; det er meldt ${reports} gange, hvor adapteren ikke kunne bogføre det, men ikke igen siden`;
    const latest = this.complaints.slice(expected?.earlier).at(-1);
    return latest === undefined ? this.#otherSince(command) : `; imens er meldt ${latest}`;
  }

  /** A svar that came since the command was given, and names another: a reference may be wrong. */
  #otherSince(command: Command): string {
    const since = this.#of(command)?.svarBefore ?? 0;
    const other = this.#references.slice(since).find(({ noegle }) => noegle !== command.noegle);
    if (other === undefined) return '';
    return `; imens er meldt et svar, hvis reference er en anden kommandos (${saidCommand(other)}): er referencen den rigtige?`;
  }

  #logged(event: string, fields: Readonly<Record<string, string | number | boolean>>): void {
    this.heard({ event, ...fields });
    if (!NOT_TAKEN.test(event)) return;
    this.complaints.push(`noget, der ikke kan læses: ${fields['problem'] ?? fields['aarsag'] ?? event}`);
  }

  heard(said: unknown): void {
    if (this.#heard.length >= MAX_HEARD) return;
    try {
      this.#heard.push(
        JSON.stringify(said, (_key, held: unknown) => (typeof held === 'bigint' ? String(held) : held)) ?? '',
      );
    } catch {
      // What can't be written down can't leak in this way either.
    }
  }

  /** Whether the backend has said this text: in an answer, a svar, a reason or its log. */
  hasHeard(text: string): boolean {
    return this.#heard.some((said) => said.includes(text));
  }

  #of(command: Command): Expected | undefined {
    return command.art === 'handling' ? this.#expected.get(command.anmodningIdentifikator) : undefined;
  }

  #receive(givenReference: unknown, givenSvar: unknown): SvarReceipt {
    this.heard(givenSvar);
    const { expected, svar } = this.#parse(givenReference, givenSvar);
    if (expected === undefined) {
      this.complaints.push('et svar på en anmodning, som kittet ikke har sendt');
      return { art: 'afvist', kode: 'DA-301' };
    }
    expected.reports.push(svar);
    if (this.#references.length < MAX_HEARD) this.#references.push(expected.command);
    const { taken } = expected;
    if (taken !== undefined) {
      return isDeepStrictEqual(taken, svar) ? { art: 'modtaget' } : { art: 'afvist', kode: 'DA-303' };
    }
    const reception = expected.reception?.(expected.reports.length) ?? 'modtag';
    if (reception === 'kan ikke nu') throw new Error('ledgeren kan ikke skrive nu');
    if (reception === 'afvis') return { art: 'afvist', kode: 'DA-302' };
    expected.taken = svar;
    for (const resolve of expected.waiting) resolve(svar);
    if (expected.udfald.some((art) => art !== 'accepteretTilSenere')) this.complaints.push(UNASKED);
    return { art: 'modtaget' };
  }

  #parse(
    givenReference: unknown,
    givenSvar: unknown,
  ): { readonly expected: Expected | undefined; readonly svar: Svar } {
    let expected: Expected | undefined;
    try {
      const { anmodningIdentifikator, noegle } = parseSvarReference(givenReference);
      expected = this.#expected.get(anmodningIdentifikator);
      if (expected !== undefined && noegle !== undefined && noegle !== expected.command.noegle) {
        throw new TypeError('svarets noegle er ikke kommandoens');
      }
      return { expected, svar: parseReportedSvar(givenSvar) };
    } catch (error) {
      const problem = error instanceof TypeError ? error.message : 'svaret kan ikke læses';
      if (expected !== undefined) expected.unreadable = problem;
      this.complaints.push(`noget, der ikke kan læses: ${problem}`);
      throw error;
    }
  }
}
