/** The simulator's configuration (`ADAPTER_BACKEND_CONFIG`). */

/** A fault that was asked for, to see what the adapter makes of it. */
export interface FaultConfig {
  /** Which commands it strikes; all where empty or left out. */
  readonly naar?: {
    readonly handlingstype?: string;
    readonly anmodningIdentifikator?: string;
    readonly fagsystem?: string;
    /** The share that is struck, 0 to 1. The same key and attempt are always judged alike. */
    readonly andel?: number;
  };
  /**
   * forbigaaende: nothing is carried out, worth trying again. permanent: nothing is carried out. ukendt: carried out, but
   * the answer is lost. langsom: carried out, and answered `delayMs` later. svarMangler: what is answered at once is
   * carried out and never answered; what is accepted for later is never carried out and never gets its svar.
   */
  readonly art: 'forbigaaende' | 'permanent' | 'ukendt' | 'langsom' | 'svarMangler';
  /** How many times in all, counted from the start of the process; without it, every time. */
  readonly antal?: number;
  /** Only for langsom; 1,000 where left out. */
  readonly delayMs?: number;
}

export interface SimulatorConfig {
  /** Path of the JSON file with debitorkonti and fordringer; read only while the store is empty. */
  readonly data: string;
  /** Path of the simulator's own SQLite file, or `:memory:`. */
  readonly store: string;
  /** From accepted for later until carried out; 0 to 86,400,000, 2,000 where left out. */
  readonly senereDelayMs?: number;
  readonly fejl?: readonly FaultConfig[];
}

export const DEFAULT_SENERE_DELAY_MS = 2000;
export const DEFAULT_LANGSOM_DELAY_MS = 1000;

const DELAY_MS = { type: 'integer', minimum: 0, maximum: 86_400_000 };

export const SIMULATOR_CONFIG_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['data', 'store'],
  properties: {
    data: { type: 'string', minLength: 1, maxLength: 4096 },
    store: { type: 'string', minLength: 1, maxLength: 4096 },
    senereDelayMs: DELAY_MS,
    fejl: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['art'],
        properties: {
          naar: {
            type: 'object',
            additionalProperties: false,
            properties: {
              handlingstype: { type: 'string', minLength: 1, maxLength: 50 },
              anmodningIdentifikator: { type: 'string', format: 'uuid' },
              fagsystem: { type: 'string', minLength: 1, maxLength: 40 },
              andel: { type: 'number', minimum: 0, maximum: 1 },
            },
          },
          art: { enum: ['forbigaaende', 'permanent', 'ukendt', 'langsom', 'svarMangler'] },
          antal: { type: 'integer', minimum: 1, maximum: 1_000_000_000 },
          delayMs: DELAY_MS,
        },
      },
    },
  },
} as const;
