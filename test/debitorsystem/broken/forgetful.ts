/**
 * A debitorsystem that keeps its effects, but only in memory which keys they belong to and what it has accepted for later:
 * nothing is wrong with it until it is killed. Started in a process of its own by the kit.
 */

import type { SimulatorConfig } from '../../../src/debitorsystem/backends/simulator/config.ts';
import simulator from '../../../src/debitorsystem/backends/simulator.ts';
import { defineDebitorsystem, type Udfald } from '../../../src/debitorsystem/debitorsystem.ts';
import { underKey, underOwnKey } from './wrapped-simulator.ts';

const SENERE_MS = 500;
const KNOWN = new Map<string, Udfald>();

export default defineDebitorsystem<SimulatorConfig>({
  ...simulator,
  name: 'glemsom',
  capabilities: { idempotent: true, opslag: false, concurrency: 4 },
  create: async (config, ports) => {
    const inner = await simulator.create(config, { ...ports, reportSvar: underOwnKey(ports.reportSvar) });
    return {
      ...(inner.start === undefined ? {} : { start: () => inner.start?.() ?? Promise.resolve() }),
      async execute(command, context) {
        const known = KNOWN.get(command.noegle);
        if (known !== undefined) return known;
        const isLater = command.art === 'handling' && command.svarform === 'SENERE';
        const carryOut = () => inner.execute(underKey(command, process.pid), context);
        if (isLater) setTimeout(() => void carryOut(), SENERE_MS);
        const udfald: Udfald = isLater ? { art: 'accepteretTilSenere' } : await carryOut();
        KNOWN.set(command.noegle, udfald);
        return udfald;
      },
    };
  },
});
