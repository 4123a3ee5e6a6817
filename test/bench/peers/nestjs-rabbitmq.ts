/**
 * @golevelup/nestjs-rabbitmq in a NestJS application context. Its decorators are called as the functions that they are,
 * since Node runs TypeScript without them. It acks each message itself when the method is done.
 */
import 'reflect-metadata';
import { setImmediate as turn } from 'node:timers/promises';
import { AmqpConnection, RabbitMQModule, RabbitSubscribe } from '@golevelup/nestjs-rabbitmq';
import { Inject, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { ConsumeMessage } from 'amqplib';
import { answerProperties, echoArguments, fail, onStop, PREFETCH } from '../echo-arguments.ts';
import { kvitteringFor } from './work.ts';

const { url, queue, exchange, routingKey } = echoArguments();

class Anmodninger {
  readonly #amqp: AmqpConnection;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(amqp: AmqpConnection) {
    this.#amqp = amqp;
  }

  async receive(body: Buffer, message: ConsumeMessage): Promise<void> {
    const properties = answerProperties(message.properties.messageId);
    const published = this.#amqp.publish(exchange, routingKey, kvitteringFor(body), properties);
    this.#underWay.add(published);
    await published;
    this.#underWay.delete(published);
  }

  /** Resolves when everything that was received is published and acked. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay);
    await turn();
  }
}
Injectable()(Anmodninger);
Inject(AmqpConnection)(Anmodninger, undefined, 0);
const receive = Object.getOwnPropertyDescriptor(Anmodninger.prototype, 'receive');
if (receive === undefined) throw new Error('the method is not there');
RabbitSubscribe({
  queue,
  createQueueIfNotExists: false,
  allowNonJsonMessages: true,
  deserializer: (body: Buffer) => body,
  errorHandler: (_channel: unknown, _message: unknown, error: unknown) => fail(error),
})(Anmodninger.prototype, 'receive', receive);

class Peer {}
Module({
  imports: [
    RabbitMQModule.forRoot({
      uri: url,
      prefetchCount: PREFETCH,
      enableDirectReplyTo: false,
      connectionManagerOptions: { connectionOptions: { noDelay: true } },
    }),
  ],
  providers: [Anmodninger],
})(Peer);

const application = await NestFactory.createApplicationContext(Peer, { logger: ['error'] });
application.get(AmqpConnection).channel.on('return', () => fail('a message came back'));
onStop(async () => {
  await application.get(Anmodninger).idle();
  await application.close();
});
