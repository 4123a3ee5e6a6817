/** DA-004: why a root element is none that the queue takes, as far as it can be told. Never a name or a value of the message. */
import { queueOf } from '../anmodninger/catalogue.ts';
import type { MessageStem } from '../anmodninger/definition.ts';
import type { Fejl } from '../domain/fejl.ts';
import { fejl } from '../errors.ts';
import { matchRoot, type RootMatch } from '../oio/document.ts';
import { type DkaNamespaces, NAMESPACES, OWN_DKA_NAMESPACES } from '../oio/namespaces.ts';
import type { XmlElement } from '../oio/tree.ts';

const SOAP_ENVELOPES: ReadonlySet<string> = new Set([
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
]);

function ofAnotherQueue({ stem }: RootMatch): string {
  const queue = queueOf(stem as MessageStem);
  if (queue === undefined) return 'meddelelsen er en, som adapteren sender, og ikke en, der sendes til den';
  const key = queue === 'udfald' ? '' : `; dens routing key er ${queue}.<fagsystem>`;
  return `meddelelsen hører til en anden kø${key}`;
}

/** The namespaces in which a root of this name would be one of ours; none where the name is unknown. */
function namespacesFor(root: XmlElement, accepted: DkaNamespaces): readonly string[] {
  const candidates = [...accepted.keys(), ...Object.values(NAMESPACES)];
  return candidates.filter((namespace) => matchRoot({ ...root, namespace }, accepted) !== undefined);
}

function unmatched(root: XmlElement, accepted: DkaNamespaces): string {
  if (root.name === 'Envelope' && SOAP_ENVELOPES.has(root.namespace)) {
    return 'meddelelsen ligger i en SOAP-kuvert; send indholdet af Body alene';
  }
  const expected = namespacesFor(root, accepted);
  if (expected.length === 0) return 'navnet kendes ikke';
  const version = Object.entries(OWN_DKA_NAMESPACES).find(([, uri]) => uri === root.namespace)?.[0];
  const right = `her skal namespace være ${expected.join(' eller ')}`;
  if (version !== undefined) return `version ${version} af meddelelsen er ikke slået til; ${right}`;
  return root.namespace === ''
    ? `navnet kendes, men uden namespace; ${right}`
    : `navnet kendes, men i et andet namespace; ${right}`;
}

/** @param match undefined where the root is none of the accepted ones. */
export function unknownRoot(root: XmlElement, match: RootMatch | undefined, accepted: DkaNamespaces): Fejl {
  const reason = match === undefined ? unmatched(root, accepted) : ofAnotherQueue(match);
  return fejl('DA-004', `linje ${root.line}, kolonne ${root.column}: ${reason}`);
}
