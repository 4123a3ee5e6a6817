/** What a client can't be opened with is said before anything is connected, in words of the fagsystem's developer. */
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { BrokerUnreachable, ConfigurationError, openFagsystemClient, type Problem } from '../../src/client/client.ts';
import { InvalidAnmodning } from '../../src/client/faults.ts';
import { nameAnmodning, writeAnmodning } from '../../src/client/message.ts';
import { checkOptions, type FagsystemClientOptions, nodeProblem } from '../../src/client/options.ts';
import { OWN_DKA_NAMESPACES } from '../../src/oio/namespaces.ts';
import { freshVhost, type Vhost } from '../support/broker.ts';
import { henstand, RUTE } from './scene.ts';

const URL_OF_NOBODY = 'amqp://kulturskole:kode@127.0.0.1:1/';
const SOUND: FagsystemClientOptions = { url: URL_OF_NOBODY, ...RUTE };

test('sound options are let through', () => {
  expect([...checkOptions(SOUND).values()]).toEqual(['1.0']);
  expect([...checkOptions({ ...SOUND, dkaNamespaces: ['urn:andet=1.1'] }).values()]).toEqual(['1.1']);
});

const wrong: readonly (readonly [string, Partial<FagsystemClientOptions>, RegExp])[] = [
  ['no url', JSON.parse('{ "url": null }'), /url mangler/],
  ['a CVR of seven digits', { afsender: { ...RUTE.afsender, organisation: '2918984' } }, /afsender\.organisation/],
  ['an instance that is no UUID', { afsender: { ...RUTE.afsender, itSystemInstans: 'x' } }, /itSystemInstans.*UUID/],
  ['no recipient', JSON.parse('{ "modtager": {} }'), /modtager\.organisation/],
  ['a namespace that is no URI', { dkaNamespaces: ['hej'] }, /dkaNamespaces/],
  ['no place under way', { maxUnderWay: 0 }, /maxUnderWay/],
  ['a prefetch that AMQP has no room for', { prefetch: 65_536 }, /prefetch/],
];

test.each(wrong)('%s is refused before anything is connected', async (_, options, text) => {
  const opening = openFagsystemClient({ ...SOUND, ...options });
  await expect(opening).rejects.toThrow(ConfigurationError);
  await expect(opening).rejects.toThrow(text);
});

test('every problem is said at once', () => {
  expect(() => checkOptions({})).toThrow(/url mangler.*afsender\.organisation.*modtager\.organisation/s);
});

test('a Node that is too old is said in words', () => {
  expect(nodeProblem('20.19.1')).toMatch(/22\.18 eller nyere; dette er Node 20\.19\.1/);
  expect(nodeProblem('22.17.0')).toMatch(/22\.18/);
  expect([nodeProblem('22.18.0'), nodeProblem('24.0.1')]).toEqual([undefined, undefined]);
});

test('a Date where a date is to be is refused in Danish', () => {
  const parametre = { virkningDato: JSON.parse('{}') };
  const write = () =>
    writeAnmodning(
      nameAnmodning({ ...henstand('K'), parametre }),
      RUTE,
      new Map([[OWN_DKA_NAMESPACES['1.0'], '1.0']]),
      0,
    );
  expect(write).toThrow(InvalidAnmodning);
  expect(write).toThrow(/VirkningDato skal være tekst, ikke et Date-objekt/);
});

describe('a broker that says no', () => {
  const user = `nej-${randomBytes(4).toString('hex')}`;
  let vhost: Vhost;
  let url: string;
  beforeAll(async () => {
    vhost = await freshVhost();
    url = await vhost.addUser(user, 'kode', { configure: '^$', write: '.*', read: '.*' });
  });

  async function attempt(change: (address: URL) => void) {
    const address = new URL(url);
    change(address);
    const problems: Problem[] = [];
    const onProblem = (problem: Problem) => problems.push(problem);
    const error: unknown = await openFagsystemClient({ ...SOUND, url: address.href, onProblem }).catch(
      (thrown: unknown) => thrown,
    );
    return { error, problems };
  }

  test('to the password is asked once', async () => {
    const { error, problems } = await attempt((address) => {
      address.password = 'forkert';
    });
    expect(error).toBeInstanceOf(BrokerUnreachable);
    expect(String(error)).toContain('ACCESS-REFUSED');
    expect(problems).toHaveLength(1);
  });

  test('to the vhost says so', async () => {
    const { error, problems } = await attempt((address) => {
      address.pathname = '/findes-ikke';
    });
    expect(String(error)).toMatch(/ikke adgang til vhosten, eller den findes ikke/);
    expect(problems).toHaveLength(1);
  });

  test('to the queue leaves no connection behind, and neither connecting nor closing is a problem', async () => {
    const { error, problems } = await attempt(() => undefined);
    expect(String(error)).toContain(`debitor.svar.${user}`);
    const told = problems.flatMap((problem) => (problem.art === 'forbindelse' ? [problem.event] : []));
    expect(told).not.toContain('broker.connected');
    expect(told).not.toContain('broker.channel-closed');
    expect(JSON.stringify(problems)).not.toContain('adapteren lukker');
  });
});
