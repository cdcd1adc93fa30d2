import assert from 'node:assert/strict';
import { after, afterEach, describe, it } from 'mocha';
import { simulatorKey } from '../simulator/simulator.ts';
import { startConnectProxy, type ConnectProxy } from '../support/connectProxy.ts';
import { authorityFile, startTlsFront, tlsHost, type TlsFront } from '../support/tlsFront.ts';
import { workbenchOfSuite, type Story } from '../support/workbenchOfSuite.ts';

/** Lets VS Code take the system's certificates from where the environment says. */
const systemCertificates = { 'http.systemCertificatesNode': true };

/** Asks in a new chat. */
async function ask(story: Story): Promise<void> {
  await story.newChat();
  await story.workbench.sendMessage('Hello');
}

/** The name is known to the proxy only, so whatever reaches the simulator under it has come through the proxy. */
describe("a company's network", () => {
  let front: TlsFront;
  let proxy: ConnectProxy | undefined;
  const proxied = async (authorization?: string): Promise<ConnectProxy> => {
    proxy = await startConnectProxy({
      ports: { [`${tlsHost}:443`]: front.port },
      ...(authorization !== undefined && { authorization }),
    });
    return proxy;
  };
  const story = workbenchOfSuite(
    {
      signedIn: true,
      chat: true,
      settings: systemCertificates,
      env: { SSL_CERT_FILE: authorityFile },
    },
    {
      before: async (simulator) => {
        front = await startTlsFront(simulator.baseUrl);
        const { url } = await proxied();
        return { settings: { 'switchboard.baseUrl': `https://${tlsHost}/api/v1`, 'http.proxy': url } };
      },
    },
  );

  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });
  after(() => front.close());

  const answered = async (): Promise<void> => {
    await ask(story);
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).waitFor();
    await story.workbench.statusItem('credit').filter({ hasText: /left$/ }).waitFor();
  };

  it('with a proxy is reached through it, as "http.proxy" says', async () => {
    await answered();
    assert.ok(proxy?.targets.includes(`${tlsHost}:443`));
  });

  it('behind a proxy with a password is reported, and reached with the password', async () => {
    const { url, targets } = await proxied(`Basic ${Buffer.from('user:word').toString('base64')}`);
    await story.workbench.setUserSetting('http.proxy', url);
    story.simulator.journal.clear();
    await ask(story);
    await story.workbench.panel
      .getByRole('alert')
      .filter({ hasText: 'A proxy blocked the request' })
      .waitFor();
    assert.deepEqual(story.simulator.journal.requests, []);
    assert.ok(targets.includes(`${tlsHost}:443`));
    await story.workbench.screenshot('proxy-2-password');
    await story.workbench.setUserSetting('http.proxy', url.replace('//', '//user:word@'));
    await answered();
  });

  it('with its own certificate authority is trusted once that is installed', async () => {
    await story.workbench.setUserSetting('http.proxy', '');
    const baseUrl = `https://localhost:${String(front.port)}/api/v1`;
    await story.workbench.setUserSetting('switchboard.baseUrl', baseUrl);
    await answered();
  });
});

describe("a company's network with an unknown certificate authority", () => {
  let front: TlsFront;
  const story = workbenchOfSuite(
    { chat: true, settings: systemCertificates, env: { OPENROUTER_API_KEY: simulatorKey } },
    {
      before: async (simulator) => {
        front = await startTlsFront(simulator.baseUrl);
        return { settings: { 'switchboard.baseUrl': `https://localhost:${String(front.port)}/api/v1` } };
      },
    },
  );
  after(() => front.close());

  it('gets no data, and the failure is reported', async () => {
    await ask(story);
    // The prices can't be read either.
    await story
      .dialog("isn't known what this request may cost")
      .getByRole('button', { name: 'Send' })
      .click();
    const alert = story.workbench.panel.getByRole('alert').filter({ hasText: "certificate isn't trusted" });
    await alert.waitFor();
    assert.deepEqual(story.simulator.journal.requests, []);
    await story.workbench.screenshot('proxy-1-certificate');
  });
});
