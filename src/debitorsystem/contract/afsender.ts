/**
 * Cases: a debitorsystem over HTTP takes commands from the adapter alone, and from an adapter of a later version too. Run only
 * where the backend is `http`; who calls a module is decided by the process that it is in, and who is on a queue by RabbitMQ.
 */
import assert from 'node:assert/strict';
import { all, type ContractCase, nedskriv, opslag } from './case.ts';
import { nedskrivning } from './commands.ts';
import { assertRestbeloeb } from './effects.ts';
import type { Forfalskning, Fremmed, Modtagelse } from './fremmed.ts';
import type { Stage } from './stage.ts';
import type { About } from './subject.ts';
import { RESTBELOEB_OERE } from './world.ts';

const BELOEB_OERE = 1_029n;
const REFUSALS = new Set([401, 403]);

const medAuth = ({ auth }: About): string | undefined =>
  auth === undefined
    ? 'er uden auth i --config: enhver, der kan nå debitorsystemet, kan give det kommandoer'
    : undefined;
const medHmac = ({ auth }: About): string | undefined => (auth === 'hmac' ? undefined : 'er ikke med auth.hmac');

function fremmedOf({ fremmed }: Stage): Fremmed {
  assert.ok(fremmed !== undefined, 'kaldes ikke over HTTP');
  return fremmed;
}

function assertRefused(modtagelse: Modtagelse, what: string, auth: Fremmed['auth']): void {
  // With certificates the connection may be refused as it is made.
  if ('afbrudt' in modtagelse) {
    assert.equal(
      auth,
      'mtls',
      `${what}: forbindelsen blev afbrudt (${modtagelse.afbrudt}), hvor der skulle svares 401`,
    );
    return;
  }
  const { status } = modtagelse;
  assert.ok(REFUSALS.has(status), `${what} fik HTTP ${status}, hvor der skulle svares 401`);
}

function refuses(name: string, what: string, needs: NonNullable<ContractCase['needs']>, forfalskning: Forfalskning) {
  return {
    name,
    needs: all(needs, nedskriv),
    run: async (stage: Stage) => {
      const fremmed = fremmedOf(stage);
      await stage.ready();
      const konto = stage.take('aabne');
      const modtagelse = await fremmed.send(nedskrivning(stage.world, konto, BELOEB_OERE), forfalskning);
      assertRefused(modtagelse, what, fremmed.auth);
      await assertRestbeloeb(stage, konto, RESTBELOEB_OERE, `efter ${what}`);
    },
  } satisfies ContractCase;
}

const NYE_FELTER: ContractCase = {
  name: 'En kommando med felter, som debitorsystemet ikke kender, bliver udført som ellers',
  needs: nedskriv,
  run: async (stage) => {
    const fremmed = fremmedOf(stage);
    await stage.ready();
    const konto = stage.take('aabne');
    const modtagelse = await fremmed.sendWithMore(nedskrivning(stage.world, konto, BELOEB_OERE));
    const got =
      'afbrudt' in modtagelse ? `forbindelsen blev afbrudt (${modtagelse.afbrudt})` : `HTTP ${modtagelse.status}`;
    assert.ok(
      'status' in modtagelse && modtagelse.status === 200,
      `en nedskrivning med et nyt felt i kommandoen og et i dens parametre (kitNytFelt) skulle have HTTP 200, men fik ${got}: ` +
        'kommandoer kan få nye felter, så se bort fra dem, I ikke kender',
    );
    const after = 'efter en nedskrivning med felter, som debitorsystemet ikke kender,';
    await assertRestbeloeb(stage, konto, RESTBELOEB_OERE - BELOEB_OERE, after);
  },
};

export const AFSENDER: readonly ContractCase[] = [
  refuses(
    'En kommando uden signatur eller certifikat får 401 og har ingen virkning',
    'en kommando uden signatur eller certifikat',
    medAuth,
    'uden',
  ),
  refuses(
    'En kommando, der er signeret med en anden hemmelighed, får 401 og har ingen virkning',
    'en kommando, der var signeret med en anden hemmelighed',
    medHmac,
    'anden hemmelighed',
  ),
  refuses(
    'En kommando, hvis krop ikke er den, der blev signeret, får 401 og har ingen virkning',
    'en kommando med en anden krop end den, der blev signeret (Content-Digest)',
    medHmac,
    'anden krop',
  ),
  refuses(
    'En kommando, der blev signeret for mere end 300 sekunder siden, får 401 og har ingen virkning',
    'en kommando, der var signeret for 600 sekunder siden (created)',
    medHmac,
    'for gammel',
  ),
  refuses(
    'En kommando, der er signeret mere end 300 sekunder ude i fremtiden, får 401 og har ingen virkning',
    'en kommando, der var signeret 600 sekunder ude i fremtiden (created)',
    medHmac,
    'for ny',
  ),
  refuses(
    'En kommando, hvis signatur ikke dækker Content-Digest, får 401 og har ingen virkning',
    'en kommando, hvis signatur ikke dækker "content-digest", så den også gælder for en anden krop,',
    medHmac,
    'uden krop',
  ),
  refuses(
    'En kommando, hvis signatur ikke dækker Idempotency-Key, får 401 og har ingen virkning',
    'en kommando, hvis signatur ikke dækker "idempotency-key", så den også gælder for en anden nøgle,',
    medHmac,
    'uden nøgle',
  ),
  {
    name: 'Et opslag uden signatur eller certifikat får 401',
    needs: all(medAuth, opslag, nedskriv),
    run: async (stage) => {
      const fremmed = fremmedOf(stage);
      const command = nedskrivning(stage.world, stage.take('aabne'), BELOEB_OERE);
      await stage.execute(command);
      assertRefused(await fremmed.lookup(command.noegle), 'et opslag uden signatur eller certifikat', fremmed.auth);
    },
  },
  NYE_FELTER,
];
