/**
 * A debitorsystem to copy: small, and complete where it matters. What it keeps stands in SQLite (lager.ts), its rules in
 * regler.ts; here is what the adapter sees. It is durable: a command's effect, its key and its udfald are written in one
 * transaction, so a kill at any moment leaves either all of them or none.
 */
import {
  type DebitorsystemPorts,
  defineDebitorsystem,
  encodeCommand,
  type HandlingCommand,
  IkkeUdfoert,
  type Udfald,
} from 'debitor-adapter/debitorsystem';
import { aabnLager, type Lager } from './lager.ts';
import { book, kanSenere, udfoer, udfoerSenere } from './regler.ts';

interface Config {
  /** The file that everything is kept in. */
  readonly store: string;
  /** A JSON file with debitorkonti; read only while the store is empty. */
  readonly data: string;
}

const RAPPORTER_IGEN_MS = 200;

export default defineDebitorsystem<Config>({
  name: 'mit-debitorsystem',
  contract: 1,
  configSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['store', 'data'],
    properties: { store: { type: 'string', minLength: 1 }, data: { type: 'string', minLength: 1 } },
  },
  capabilities: { idempotent: true, opslag: true, concurrency: 16 },
  create({ store, data }, ports) {
    const lager = aabnLager(store, data);
    const senere = new Senere(lager, ports);
    return {
      async execute(command, { signal, deadline }) {
        // A key that is known keeps its udfald, whatever else is the matter.
        const kendt = lager.findUdfald(command.noegle);
        if (kendt !== undefined) return kendt;
        if (signal.aborted || ports.now() >= deadline) {
          throw new IkkeUdfoert('fristen var overskredet, før kommandoen blev begyndt', { forbigaaende: true });
        }
        const udfald = lager.iTransaktion((): Udfald => {
          const dom: Udfald =
            command.art === 'kontantIndbetaling'
              ? book(lager, command)
              : command.svarform === 'STRAKS'
                ? udfoer(lager, command)
                : kanSenere(lager, command);
          lager.gemUdfald(command.noegle, dom);
          if (dom.art === 'accepteretTilSenere') lager.gemSenere(command.noegle, encodeCommand(command));
          return dom;
        });
        senere.arbejd();
        return udfald;
      },
      async lookup(noegle) {
        return lager.findUdfald(noegle);
      },
      async start() {
        senere.arbejd();
      },
      async stop() {
        senere.stop();
        lager.luk();
      },
      async health() {
        return lager.erVel() ? undefined : 'lageret kan ikke læses';
      },
    };
  },
});

/** Carries out what was accepted for later, and reports each svar until the adapter has recorded it. */
class Senere {
  readonly #lager: Lager;
  readonly #ports: DebitorsystemPorts;
  #timer: NodeJS.Timeout | undefined;
  #erStoppet = false;

  constructor(lager: Lager, ports: DebitorsystemPorts) {
    this.#lager = lager;
    this.#ports = ports;
  }

  stop(): void {
    this.#erStoppet = true;
    clearTimeout(this.#timer);
  }

  arbejd(venteMs = 0): void {
    if (this.#erStoppet || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#gennemgaa(), venteMs);
  }

  async #gennemgaa(): Promise<void> {
    const sager = this.#lager.urapporterede();
    const rapporteret = await Promise.all(sager.map((noegle) => this.#rapporter(noegle)));
    this.#timer = undefined;
    if (rapporteret.includes(false)) this.arbejd(RAPPORTER_IGEN_MS);
    else if (!this.#erStoppet && this.#lager.urapporterede().length > 0) this.arbejd();
  }

  /** @returns whether it needs no more attention. */
  async #rapporter(noegle: HandlingCommand['noegle']): Promise<boolean> {
    try {
      const { anmodningIdentifikator, svar } = udfoerSenere(this.#lager, noegle, this.#ports.now());
      const kvittering = await this.#ports.reportSvar({ noegle, anmodningIdentifikator }, svar);
      if (kvittering.art === 'afvist')
        this.#ports.log('svar.afvist', { kode: kvittering.kode, anmodningIdentifikator });
      if (!this.#erStoppet) this.#lager.markerRapporteret(noegle);
      return true;
    } catch (error) {
      this.#ports.log('svar.udskudt', { fejl: error instanceof Error ? error.name : typeof error });
      return false;
    }
  }
}
