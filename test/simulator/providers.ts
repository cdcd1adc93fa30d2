/** A company that runs models, with what routing has to know of it. */
export interface Provider {
  readonly slug: string;
  readonly name: string;
  readonly headquarters: string;
  /** Closing the connection stops generation and billing. */
  readonly cancels: boolean;
  /** Keeps nothing, so that `zdr` allows it. */
  readonly retainsNothing: boolean;
  /** Trains on prompts, so that `data_collection: "deny"` excludes it. */
  readonly trains: boolean;
}

/** `slug | name | headquarters | flags`: c cancels, z retains nothing, t trains. */
const providerTable = `
openai | OpenAI | US | c
azure | Azure | US | cz
anthropic | Anthropic | US | c
amazon-bedrock | Amazon Bedrock | US | z
google-vertex | Google | US | z
google-ai-studio | Google AI Studio | US |
xai | xAI | US | c
deepseek | DeepSeek | CN | ct
alibaba | Alibaba | SG |
deepinfra | DeepInfra | US | cz
together | Together | US | cz
fireworks | Fireworks | US | cz
novita | Novita | US | c
groq | Groq | US | z
cerebras | Cerebras | US | z
sambanova | SambaNova | US | z
nebius | Nebius | NL | z
parasail | Parasail | US | cz
hyperbolic | Hyperbolic | US | c
friendli | Friendli | US | cz
cloudflare | Cloudflare | US | cz
siliconflow | SiliconFlow | SG |
atlas-cloud | AtlasCloud | US | z
chutes | Chutes | US | ct
featherless | Featherless | US |
mancer | Mancer | US | c
infermatic | Infermatic | US | c
mistral | Mistral | FR |
cohere | Cohere | CA | cz
perplexity | Perplexity | US |
moonshotai | Moonshot AI | CN | t
z-ai | Z.AI | SG |
minimax | MiniMax | SG |
arcee-ai | Arcee AI | US | c
inception | Inception | US | cz
liquid | Liquid | US | c
ai21 | AI21 | IL | z
baidu | Baidu Qianfan | CN |
seed | Seed | SG |
xiaomi | Xiaomi | CN | t
upstage | Upstage | KR |
inflection | Inflection | US |
relace | Relace | US | cz
morph | Morph | US | cz
switchpoint | Switchpoint | US |
venice | Venice | US | cz
aion-labs | AionLabs | IL |
black-forest-labs | Black Forest Labs | DE |
`;

/** Every provider, by slug. */
export const providers: ReadonlyMap<string, Provider> = new Map(
  providerTable
    .trim()
    .split('\n')
    .map((line) => {
      const [slug = '', name = '', headquarters = '', flags = ''] = line
        .split('|')
        .map((cell) => cell.trim());
      const provider: Provider = {
        slug,
        name,
        headquarters,
        cancels: flags.includes('c'),
        retainsNothing: flags.includes('z'),
        trains: flags.includes('t'),
      };
      return [slug, provider];
    }),
);

/** The body of `GET /providers`. */
export function providersReply(): unknown {
  return {
    data: [...providers.values()].map((provider) => ({
      name: provider.name,
      slug: provider.slug,
      privacy_policy_url: `https://example.com/${provider.slug}/privacy`,
      terms_of_service_url: `https://example.com/${provider.slug}/terms`,
      status_page_url: null,
      headquarters: provider.headquarters,
      datacenters: [provider.headquarters],
    })),
  };
}
