import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RequestErrorKind } from '../../../src/core/model/requestError.ts';
import { connectionFailure } from '../../../src/core/openrouter/transport/connectionFailure.ts';

const coded = (code: string): Error => Object.assign(new Error('no more words'), { code });
const failed = (cause: unknown): Error => new TypeError('fetch failed', { cause });

describe('a connection that fails', () => {
  const rows: readonly (readonly [Error, RequestErrorKind, string])[] = [
    [failed(coded('ENOTFOUND')), 'unknownHost', 'ENOTFOUND'],
    [failed(coded('EAI_AGAIN')), 'unknownHost', 'EAI_AGAIN'],
    [new Error('net::ERR_NAME_NOT_RESOLVED'), 'unknownHost', 'net::ERR_NAME_NOT_RESOLVED'],
    [failed(coded('ECONNREFUSED')), 'refused', 'ECONNREFUSED'],
    [failed(new AggregateError([coded('ECONNREFUSED')])), 'refused', 'ECONNREFUSED'],
    [failed(coded('ECONNRESET')), 'network', 'ECONNRESET'],
    [failed(coded('DEPTH_ZERO_SELF_SIGNED_CERT')), 'certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [failed(coded('SELF_SIGNED_CERT_IN_CHAIN')), 'certificate', 'SELF_SIGNED_CERT_IN_CHAIN'],
    [failed(coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE')), 'certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    [failed(coded('CERT_HAS_EXPIRED')), 'certificate', 'CERT_HAS_EXPIRED'],
    [failed(coded('ERR_TLS_CERT_ALTNAME_INVALID')), 'certificate', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'certificate', 'net::ERR_CERT_AUTHORITY_INVALID'],
    [
      failed(new Error('Proxy response (407) !== 200 when HTTP Tunneling')),
      'proxy',
      'Proxy response (407) !== 200 when HTTP Tunneling',
    ],
    [new Error('net::ERR_TUNNEL_CONNECTION_FAILED'), 'proxy', 'net::ERR_TUNNEL_CONNECTION_FAILED'],
    [failed(new Error('unexpected redirect')), 'protocol', 'unexpected redirect'],
    [
      failed(Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })),
      'network',
      'other side closed',
    ],
    [new TypeError('terminated'), 'network', 'terminated'],
  ];
  for (const [error, kind, words] of rows) {
    it(`with "${words}" is of kind ${kind}`, () => {
      const failure = connectionFailure(error);
      assert.deepEqual([failure.kind, failure.facts.detail], [kind, words]);
      assert.equal(failure.cause, error);
    });
  }

  it('has no words where there are none', () => {
    assert.deepEqual(connectionFailure(undefined).facts, {});
    assert.equal(connectionFailure('gone', 'timeout').kind, 'timeout');
  });
});
