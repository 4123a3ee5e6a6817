/** rascal ships no types: as much of it as the bench uses. */
declare module 'rascal' {
  import type { EventEmitter } from 'node:events';
  import type { ConsumeMessage } from 'amqplib';

  interface Subscription extends EventEmitter {
    on(event: 'message', listener: (message: ConsumeMessage, content: Buffer, ackOrNack: () => void) => void): this;
    on(event: 'error' | 'invalid_content', listener: (error: unknown) => void): this;
  }
  interface Broker extends EventEmitter {
    publish(publication: string, content: Buffer, overrides: object): Promise<EventEmitter>;
    subscribe(subscription: string): Promise<Subscription>;
    shutdown(): Promise<void>;
  }
  const rascal: {
    readonly BrokerAsPromised: { create(configuration: object): Promise<Broker> };
    withDefaultConfig(configuration: object): object;
  };
  export default rascal;
}
