/** Where the microseconds of one anmodning go: a mass run with Node's sampling profiler on, in every thread of the adapter. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ProfileStep, readProfiles } from '../cpu-profile.ts';
import { drain } from '../drain.ts';
import type { Site } from '../site.ts';
import type { Sizes } from '../sizes.ts';
import { adapter } from '../subject.ts';

export interface ProfileResult {
  readonly messages: number;
  /** With the profiler on: slower than without. */
  readonly messagesPerSecond: number;
  /** Microseconds of processor time for one message, the start of the process included. */
  readonly stepsUs: Readonly<Record<ProfileStep, number>>;
}

export async function measureProfile(site: Site, { profile }: Sizes): Promise<ProfileResult> {
  const profileFolder = join(site.folder, 'profil');
  mkdirSync(profileFolder);
  const { messages } = profile;
  const { messagesPerSecond } = await drain(site, adapter(site, { profileFolder }), { run: 'profil', messages });
  const steps = [...readProfiles(profileFolder)].map(([step, us]) => [step, us / messages] as const);
  return { messages, messagesPerSecond, stepsUs: Object.fromEntries(steps) as Record<ProfileStep, number> };
}
