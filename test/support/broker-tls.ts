/** TLS and SASL EXTERNAL on a RabbitMQ node that runs, so that its own configuration needs neither. */

import { readFileSync } from 'node:fs';
import { pickFreePorts } from '../../src/ops/broker-ladder/free-ports.ts';
import type { RunningBroker } from '../../src/ops/broker-ladder.ts';

export interface ServerFiles {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * Makes the node listen with TLS on a free port of 127.0.0.1. Clients may show a certificate; its common name is then the user.
 * @returns the port.
 */
export async function listenWithTls(node: Pick<RunningBroker, 'ctl'>, files: ServerFiles): Promise<number> {
  const [port = 0] = await pickFreePorts(1);
  const { caFile, certFile, keyFile } = files;
  // Their contents, since an unpacked node sees none of this machine's files.
  const text = (path: string): string => JSON.stringify(readFileSync(path, 'utf8'));
  await node.ctl(
    'eval',
    `
    {ok, _} = application:ensure_all_started(ssl),
    [code:add_path(Path) || Path <- filelib:wildcard(filename:join(rabbit_plugins:plugins_dir(), "rabbitmq_auth_mechanism_ssl*/ebin"))],
    [code:add_path(filename:join([Path, filename:basename(Path, ".ez"), "ebin"]))
      || Path <- filelib:wildcard(filename:join(rabbit_plugins:plugins_dir(), "rabbitmq_auth_mechanism_ssl*.ez"))],
    {module, _} = code:ensure_loaded(rabbit_auth_mechanism_ssl),
    ok = rabbit_registry:register(auth_mechanism, <<"EXTERNAL">>, rabbit_auth_mechanism_ssl),
    {ok, Mechanisms} = application:get_env(rabbit, auth_mechanisms),
    ok = application:set_env(rabbit, auth_mechanisms, ['EXTERNAL' | Mechanisms]),
    ok = application:set_env(rabbit, ssl_cert_login_from, common_name),
    Read = fun(Pem) -> [{Type, Der} || {Type, Der, not_encrypted} <- public_key:pem_decode(Pem)] end,
    [{_, Ca}] = Read(<<${text(caFile)}>>),
    [{_, Cert}] = Read(<<${text(certFile)}>>),
    [Key | _] = Read(<<${text(keyFile)}>>),
    Options = [{cacerts, [Ca]}, {cert, Cert}, {key, Key}, {verify, verify_peer}, {fail_if_no_peer_cert, false}],
    ok = application:set_env(rabbit, ssl_options, Options),
    rabbit_networking:start_ssl_listener({"127.0.0.1", ${port}, inet}, Options, 2).`,
  );
  return port;
}
