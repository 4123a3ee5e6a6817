/** A vhost for a site on the broker that the test run shares. Not for `npm run prove`, which has a broker of its own. */
import { freshVhost } from '../support/broker.ts';
import type { SiteVhost } from './site-settings.ts';

export async function freshSiteVhost(): Promise<SiteVhost & { delete(): Promise<void> }> {
  const { name, url, importDefinitions, delete: remove } = await freshVhost();
  // Users are the broker's: an import into a vhost would leave them out.
  return { name, url, importDefinitions: (definitions) => importDefinitions(definitions, 'global'), delete: remove };
}
