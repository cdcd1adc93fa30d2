import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { startConnectProxy, type ConnectProxy } from '../support/connectProxy.ts';
import { authorityFile, startTlsFront, tlsHost, type TlsFront } from '../support/tlsFront.ts';
import { Workbench } from '../support/workbench.ts';

/** The name is known to the proxy only, so whatever reaches the simulator has come through it. */
describe("a company's network", () => {
  let vsix: string;
  let simulator: Simulator;
  let front: TlsFront;
  let proxy: ConnectProxy | undefined;
  let workbench: Workbench | undefined;

  before(async () => {
    vsix = await ensurePackage();
    simulator = await startSimulator();
    front = await startTlsFront(simulator.baseUrl);
  });

  afterEach(async () => {
    await workbench?.close();
    await proxy?.close();
    [workbench, proxy] = [undefined, undefined];
    simulator.reset();
  });

  after(async () => {
    await front.close();
    await simulator.close();
  });

  const open = async (
    baseUrl: string,
    settings: Readonly<Record<string, unknown>>,
    env: NodeJS.ProcessEnv,
  ): Promise<Workbench> => {
    workbench = await Workbench.open({
      vsix,
      settings: { 'switchboard.baseUrl': baseUrl, ...systemCertificates, ...settings },
      env: { OPENROUTER_API_KEY: simulatorKey, ...env },
    });
    await workbench.openChat();
    return workbench;
  };
  /** Lets VS Code take the system's certificates from where this variable says. */
  const systemCertificates = { 'http.systemCertificatesNode': true };
  const trusted = { SSL_CERT_FILE: authorityFile };
  const answered = async (window: Workbench): Promise<void> => {
    await window.sendMessage('Hello');
    await window.panel.getByRole('group', { name: 'Answer details' }).waitFor();
    await window.statusItem('credit').filter({ hasText: 'left' }).waitFor();
  };
  const proxied = async (authorization?: string): Promise<ConnectProxy> => {
    proxy = await startConnectProxy({
      ports: { [`${tlsHost}:443`]: front.port },
      ...(authorization !== undefined && { authorization }),
    });
    return proxy;
  };
  const told = async (window: Workbench, words: string): Promise<void> => {
    await window.sendMessage('Hello');
    await window.panel.getByRole('alert').filter({ hasText: words }).waitFor();
    assert.deepEqual(simulator.journal.requests, []);
  };

  it('with its own certificate authority is trusted once that is installed', async () => {
    await answered(await open(`https://localhost:${String(front.port)}/api/v1`, {}, trusted));
  });

  it('with an unknown certificate authority gets no data, and the failure is reported', async () => {
    const window = await open(`https://localhost:${String(front.port)}/api/v1`, {}, {});
    await told(window, "certificate isn't trusted");
    await window.screenshot('proxy-1-certificate');
  });

  it('with a proxy is reached through it, as "http.proxy" says', async () => {
    const { url, targets } = await proxied();
    await answered(await open(`https://${tlsHost}/api/v1`, { 'http.proxy': url }, trusted));
    assert.ok(targets.includes(`${tlsHost}:443`));
  });

  it('behind a proxy with a password is reported, and reached with the password', async () => {
    const authorization = `Basic ${Buffer.from('user:word').toString('base64')}`;
    const { url } = await proxied(authorization);
    const window = await open(`https://${tlsHost}/api/v1`, { 'http.proxy': url }, trusted);
    await told(window, 'A proxy blocked the request');
    await window.screenshot('proxy-2-password');
    await window.close();
    await answered(
      await open(`https://${tlsHost}/api/v1`, { 'http.proxy': url.replace('//', '//user:word@') }, trusted),
    );
  });
});
