/** Who may send and who may answer: the content of `ADAPTER_REGISTRY`, read and validated once at start. */
import type { Cvr, DebitorsystemId, FagsystemId, Uuid } from './identer.ts';

export interface Fagsystem {
  readonly id: FagsystemId;
  readonly navn: string;
  /** The it-systeminstanser (k:AfsenderItSystemInstans) that are this fagsystem. */
  readonly itSystemInstanser: readonly Uuid[];
  /** The myndigheder that it may act for. */
  readonly myndigheder: readonly Cvr[];
}

export interface RegisteredDebitorsystem {
  readonly id: DebitorsystemId;
  readonly navn: string;
}

export interface Registry {
  readonly fagsystemer: readonly Fagsystem[];
  readonly debitorsystemer: readonly RegisteredDebitorsystem[];
}

export function findFagsystem(registry: Registry, id: string): Fagsystem | undefined {
  return registry.fagsystemer.find((fagsystem) => fagsystem.id === id);
}

export function findDebitorsystem(registry: Registry, id: string): RegisteredDebitorsystem | undefined {
  return registry.debitorsystemer.find((debitorsystem) => debitorsystem.id === id);
}
