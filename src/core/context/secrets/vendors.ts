/** A vendor's kind of key: how it begins, and how it goes on. */
export interface VendorKey {
  readonly kind: string;
  readonly prefixes: readonly string[];
  /** What follows the prefix: of bounded length, or the longest run of some characters at its end. */
  readonly rest: string;
}

function key(kind: string, prefixes: string, rest: string): VendorKey {
  return { kind, prefixes: prefixes.split(' '), rest };
}

const uuid = '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}';
const end = '(?![A-Za-z0-9])';

/** Keys of AI services, which this extension's users have more of than others. */
const ai: readonly VendorKey[] = [
  key('openrouter', 'sk-or-v1- sk-or-', '[\\w-]{16,}'),
  key('anthropic', 'sk-ant-', '[\\w-]{16,}'),
  key('openai', 'sk-proj- sk-svcacct- sk-admin- sk-None- sess-', '[\\w-]{16,}'),
  key('api key', 'sk-', '[A-Za-z0-9]{20,}'),
  key('google', 'AIza', '[\\w-]{30,}'),
  key('google', 'GOCSPX-', '[\\w-]{16,}'),
  key('google', 'ya29.', '[\\w-]{16,}(?:\\.[\\w-]{1,2000}){0,3}'),
  key('google', '1//0', '[\\w-]{24,}'),
  key('huggingface', 'hf_ api_org_', '[A-Za-z0-9]{20,}'),
  key('groq', 'gsk_', '[A-Za-z0-9]{20,}'),
  key('xai', 'xai-', '[A-Za-z0-9]{20,}'),
  key('replicate', 'r8_', '[A-Za-z0-9]{20,}'),
  key('perplexity', 'pplx-', '[A-Za-z0-9]{20,}'),
  key('fireworks', 'fw_', '[A-Za-z0-9]{20,}'),
  key('together', 'tgp_v1_', '[\\w-]{20,}'),
  key('cerebras', 'csk-', '[A-Za-z0-9]{20,}'),
  key('nvidia', 'nvapi-', '[\\w-]{20,}'),
  key('langsmith', 'lsv2_pt_ lsv2_sk_ ls__', '[0-9a-f_]{20,}'),
  key('langfuse', 'sk-lf-', '[0-9a-f-]{20,}'),
  key('jina', 'jina_', '[\\w-]{24,}'),
  key('tavily', 'tvly-', '[\\w-]{20,}'),
  key('elevenlabs', 'sk_', `[0-9a-f]{40,}${end}`),
  key('pinecone', 'pcsk_', '\\w{20,}'),
  key('voyage', 'pa-', `[\\w-]{40,}`),
  key('aws', 'bedrock-api-key-', '[\\w+/=-]{40,}'),
  key('apify', 'apify_api_', '[A-Za-z0-9]{20,}'),
  key('e2b', 'e2b_', '[0-9a-f]{32,}'),
  key('firecrawl', 'fc-', `[0-9a-f]{32}${end}`),
  key('runpod', 'rpa_', '[A-Za-z0-9]{30,}'),
  key('context7', 'ctx7sk-', '[\\w-]{20,}'),
  key('brave', 'BSA', `[\\w-]{28}(?![\\w-])`),
];

/** Keys of clouds and of what runs in them. */
const clouds: readonly VendorKey[] = [
  key('aws', 'AKIA ASIA ABIA ACCA AGPA AIDA AROA AIPA ANPA ANVA', `[A-Z0-9]{16}${end}`),
  key('aws', 'ABSK', '[A-Za-z0-9+/]{40,}={0,2}'),
  key('aws', 'amzn.mws.', uuid),
  key('alibaba', 'LTAI', `[A-Za-z0-9]{12,30}${end}`),
  key('tencent', 'AKID', `[A-Za-z0-9]{32}${end}`),
  key('yandex', 'AQVN', '[\\w-]{30,}'),
  key('digitalocean', 'dop_v1_ doo_v1_ dor_v1_', '[0-9a-f]{32,}'),
  key('heroku', 'HRKU-', '[\\w-]{30,}'),
  key('cloudflare', 'cfk_ cfut_ cfat_', '[A-Za-z0-9]{32,}'),
  key('cloudflare', 'v1.0-', '[0-9a-f]{24}-[0-9a-f]{64,}'),
  key('vercel', 'vcp_ vci_ vca_ vcr_ vck_', '[A-Za-z0-9]{20,}'),
  key('netlify', 'nfp_', '[A-Za-z0-9]{30,}'),
  key('fly', 'fo1_', '[\\w-]{30,}'),
  key('fly', 'fm1r_ fm1a_ fm2_', '[A-Za-z0-9+/]{40,}={0,3}'),
  key('supabase', 'sbp_ sb_secret_', '[\\w-]{20,}'),
  key('planetscale', 'pscale_tkn_ pscale_pw_ pscale_oauth_', '[\\w.-]{24,}'),
  key('render', 'rnd_', '[A-Za-z0-9]{24,}'),
  key('databricks', 'dapi', `[0-9a-fA-F]{32}(?:-\\d)?${end}`),
  key('docker', 'dckr_pat_ dckr_oat_', '[\\w-]{20,}'),
  key('vault', 'hvs. hvb. hvr.', '[\\w-]{20,}'),
  key('tailscale', 'tskey-', '[a-z]{2,20}-[\\w-]{16,}'),
  key('doppler', 'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.', '[\\w.-]{24,}'),
  key('pulumi', 'pul-', `[0-9a-f]{40}${end}`),
  key('prefect', 'pnu_', '[A-Za-z0-9]{30,}'),
  key('1password', 'ops_ey', '[\\w+/-]{20,}={0,2}'),
  key('1password', 'A3-', `[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}${end}`),
  key('amazon', 'amzn1.oa2-cs.v1.', '[0-9a-f]{40,}'),
  key('scaleway', 'SCW', `[A-Z0-9]{17}${end}`),
  key('neon', 'napi_', '[a-z0-9]{40,}'),
  key('confluent', 'cflt', `[A-Za-z0-9+/]{60}${end}`),
  key('age', 'AGE-SECRET-KEY-1', '[A-Za-z0-9]{20,}'),
];

/** Keys of places where code lives and is built. */
const code: readonly VendorKey[] = [
  key('github', 'ghp_ gho_ ghu_ ghr_', '\\w{16,}'),
  key('github', 'ghs_', '[\\w-]{16,}(?:\\.[\\w-]{1,20000}){0,2}'),
  key('github', 'github_pat_', '\\w{16,}'),
  key(
    'gitlab',
    'glpat- gloas- gldt- glrt- glcbt- glptt- glft- glimt- glagent- glsoat- glffct- GR1348941',
    '[\\w-]{16,}(?:\\.[\\w-]{1,40}){0,3}',
  ),
  key('npm', 'npm_', '[A-Za-z0-9]{24,}'),
  key('pypi', 'pypi-', '[\\w-]{16,}'),
  key('rubygems', 'rubygems_', '[0-9a-f]{32,}'),
  key('crates', 'cio', `[A-Za-z0-9]{32}${end}`),
  key('nuget', 'oy2', `[a-z0-9]{43}${end}`),
  key('clojars', 'CLOJARS_', '[a-z0-9]{40,}'),
  key('jfrog', 'AKCp', '[A-Za-z0-9]{50,}'),
  key('jfrog', 'cmVmd', `[A-Za-z0-9]{59}${end}`),
  key('atlassian', 'ATATT3 ATCTT3 ATBB', '[\\w=-]{20,}'),
  key('buildkite', 'bkua_ bkct_', '[0-9a-f]{32,}'),
  key('circleci', 'CCIPAT_ CCIPRJ_', '\\w{20,}'),
  key('sonarqube', 'sqa_ sqp_ squ_', '[0-9a-f]{40}'),
  key('postman', 'PMAK-', '[0-9a-f]{24}-[0-9a-f]{34}'),
  key('sentry', 'sntrys_ sntryu_', '[\\w+/=-]{30,}'),
  key('grafana', 'glc_ glsa_ eyJrIjoi', '[\\w+/]{30,}={0,2}'),
  key('newrelic', 'NRAK- NRII- NRJS- NRBR- NRAA-', '[A-Za-z0-9_-]{16,}'),
  key('honeycomb', 'hcaik_ hcbik_', '[a-z0-9]{30,}'),
  key('dynatrace', 'dt0c01. dt0s01. dt0s02. dt0s16.', '[A-Z0-9]{8,24}\\.[A-Z0-9]{40,}'),
  key('launchdarkly', 'sdk- mob- api-', `${uuid}${end}`),
  key('sourcegraph', 'sgp_', '[0-9a-f_]{40,}'),
  key('figma', 'figd_ figu_ figr_ figs_ figo_', '[\\w-]{20,}'),
  key('linear', 'lin_api_ lin_oauth_ lin_wh_', '[A-Za-z0-9]{20,}'),
  key('notion', 'ntn_', '[A-Za-z0-9]{30,}'),
  key('notion', 'secret_', `[A-Za-z0-9]{43}${end}`),
  key('airtable', 'pat', `[A-Za-z0-9]{14}\\.[0-9a-f]{64}${end}`),
  key('contentful', 'CFPAT-', '[\\w-]{30,}'),
  key('typeform', 'tfp_', '[\\w.=-]{40,}'),
  key('readme', 'rdme_', '[a-z0-9]{40,}'),
  key('adafruit', 'aio_', `[A-Za-z0-9]{28}${end}`),
  key('posthog', 'phx_', '[A-Za-z0-9]{30,}'),
  key('dbt', 'dbtc_ dbtu_', '[\\w-]{30,}'),
  key('axiom', 'xaat- xapt-', uuid),
  key('wakatime', 'waka_', uuid),
  key('trigger', 'tr_dev_ tr_prod_ tr_stg_', '[A-Za-z0-9]{16,}'),
  key('snyk', 'snyk_uat. snyk_sat.', '[\\w.-]{30,}'),
  key('trello', 'ATTA', `[0-9a-f]{60,}${end}`),
  key('clickup', 'pk_', `\\d{4,12}_[A-Z0-9]{32}${end}`),
];

/** Keys of services for messages and money. */
const services: readonly VendorKey[] = [
  key(
    'slack',
    'xoxb- xoxp- xoxa- xoxo- xoxr- xoxs- xoxc- xoxd- xoxe- xoxe.xoxp- xoxe.xoxb- xapp-',
    '[\\w%.+/-]{10,}=*',
  ),
  key('stripe', 'sk_live_ sk_test_ rk_live_ rk_test_ sk_prod_', '[A-Za-z0-9]{10,}'),
  key('webhook secret', 'whsec_', '[A-Za-z0-9+/]{20,}={0,2}'),
  key('sendgrid', 'SG.', '[\\w-]{16,64}\\.[\\w-]{16,}'),
  key('brevo', 'xkeysib- xsmtpsib-', '[0-9a-f]{32,64}-[A-Za-z0-9]{8,}'),
  key('mailgun', 'key-', `[0-9a-f]{32}${end}`),
  key('resend', 're_', '[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,}'),
  key('twilio', 'SK', `[0-9a-f]{32}${end}`),
  key('shopify', 'shpat_ shpca_ shppa_ shpss_ shpua_', '[A-Za-z0-9]{24,}'),
  key('square', 'sq0atp- sq0csp- sq0idp-', '[\\w-]{20,}'),
  key('square', 'EAAA', `[\\w-]{60}${end}`),
  key('facebook', 'EAA', `[A-Za-z0-9]{80,}`),
  key('braintree', 'access_token$production$ access_token$sandbox$', '[a-z0-9]{16}\\$[0-9a-f]{32}'),
  key('plaid', 'access-sandbox- access-development- access-production-', uuid),
  key('flutterwave', 'FLWSECK- FLWSECK_TEST-', '[\\w-]{20,}'),
  key('shippo', 'shippo_live_ shippo_test_', '[0-9a-f]{32,}'),
  key('easypost', 'EZAK EZTK', `[A-Za-z0-9]{54}${end}`),
  key('duffel', 'duffel_live_ duffel_test_', '[\\w=-]{30,}'),
  key('klaviyo', 'pk_', `[0-9a-f]{34}${end}`),
  key('intercom', 'dG9rO', '[A-Za-z0-9+/]{50,}={0,2}'),
  key('instagram', 'IGQV', '[\\w-]{80,}'),
  key('cal', 'cal_live_', '[A-Za-z0-9]{24,}'),
  key('hubspot', 'pat-na1- pat-eu1- pat-na2-', uuid),
  key('mapbox', 'sk.eyJ', '[\\w-]{20,400}\\.[\\w-]{16,}'),
  key('dropbox', 'sl.', '[\\w-]{60,}'),
  key('discord', 'mfa.', '[\\w-]{60,}'),
  key('twitter', 'AAAAAAAAAAAAAAAAAAAAA', '[A-Za-z0-9]{4,80}%[A-Za-z0-9%]{24,}'),
  key('zoho', '1000.', `[0-9a-f]{32}\\.[0-9a-f]{32}${end}`),
  key('asana', '0/ 1/ 2/', `\\d{13,16}:[0-9a-f]{32}${end}`),
];

/** Keys that tell by themselves what they are. */
export const vendors: readonly VendorKey[] = [...ai, ...clouds, ...code, ...services];
