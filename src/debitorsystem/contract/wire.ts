/** What the kit and the process that it runs a backend in say to each other, over Node's IPC (structured clone). */
import type { SvarReceipt } from '../debitorsystem.ts';

/** Answers carry the id of what they answer. */
export type ToHost =
  | {
      readonly art: 'open';
      readonly id: number;
      readonly name: string;
      readonly config: unknown;
      readonly baseDir: string;
    }
  | {
      readonly art: 'execute';
      readonly id: number;
      /** By `encodeCommand`: a KundeNummer does not survive a clone. */
      readonly command: string;
      readonly deadline: number;
      readonly attempt: number;
      readonly isAborted: boolean;
    }
  | { readonly art: 'abort'; readonly id: number }
  | { readonly art: 'lookup'; readonly id: number; readonly noegle: string }
  | { readonly art: 'health' | 'stop'; readonly id: number }
  | { readonly art: 'receipt'; readonly id: number; readonly receipt: SvarReceipt | { readonly art: 'kastet' } };

export type FromHost =
  | { readonly art: 'done'; readonly id: number; readonly value: unknown }
  | { readonly art: 'failed'; readonly id: number; readonly error: ThrownError }
  | { readonly art: 'svar'; readonly id: number; readonly reference: unknown; readonly svar: unknown }
  | {
      readonly art: 'log';
      readonly event: string;
      readonly fields: Readonly<Record<string, string | number | boolean>>;
    };

/** What a backend threw, as far as the contract looks at it. */
export interface ThrownError {
  readonly name: string;
  readonly message: string;
  readonly forbigaaende?: boolean;
}

/** Only for messages of the other end of this file. */
export function parseToHost(message: unknown): ToHost {
  return message as ToHost;
}

/** Only for messages of the other end of this file. */
export function parseFromHost(message: unknown): FromHost {
  return message as FromHost;
}
