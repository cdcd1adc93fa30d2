/**
 * The simulated catalog, one family in a line:
 * `author/slug | name | context | longest answer | USD per million in | out | inputs>outputs | features | first released + months between | extras`.
 *
 * `{a,b}` in a slug makes a row for each version, `{}` in the name takes the version's label, and a word such as `mini`
 * or `pro` in it makes the row cheaper or dearer.
 * Sizes: `k` and `m` are decimal, `K` and `M` binary, `-` is null.
 * Inputs and outputs: t text, i image, f file, a audio, v video, e embeddings.
 * Features: T tools, S structured outputs (and JSON mode), J JSON mode only, R reasoning, M mandatory reasoning, B reasoning budget,
 * E efforts low to high only, V verbosity, C cache read price, W cache write price, L log probabilities, X no sampling parameters,
 * D moderated, F also as `:free`, A also as `:batch`, N also as `:thinking`.
 * Extras: `exp:days` expiration, `over:tokens*factor` dearer above a prompt length, `night:factor` cheaper from 16:30 to 00:30 UTC,
 * `req:usd` per request, `search:usd` per search, `img:usd` per million image tokens, `hf` has open weights,
 * `at:slug,slug` providers (its author's own when absent).
 */
export const familyTable = `
anthropic/claude-3-haiku | Claude 3 Haiku | 200k | 4096 | 0.25 | 1.25 | ti>t | TCWDA | 2024-03+1 | exp:120 at:anthropic,amazon-bedrock,google-vertex
anthropic/claude-3.5-{haiku,sonnet} | Claude 3.5 {} | 200k | 8192 | 3 | 15 | tif>t | TCWDA | 2024-10+1 | at:anthropic,amazon-bedrock,google-vertex
anthropic/claude-3.7-sonnet | Claude 3.7 Sonnet | 200k | 64000 | 3 | 15 | tif>t | TRBCWDAN | 2025-02+1 | exp:45 at:anthropic,amazon-bedrock,google-vertex
anthropic/claude-haiku-{4.5,4.8} | Claude Haiku {} | 200k | 64000 | 1 | 5 | tif>t | TSRBCWDA | 2025-10+7 | at:anthropic,amazon-bedrock,google-vertex
anthropic/claude-sonnet-{4,4.5,4.6,4.8} | Claude Sonnet {} | 1m | 64000 | 3 | 15 | tif>t | TSRBVCWDA | 2025-05+4 | over:200000*2 search:0.01 at:anthropic,amazon-bedrock,google-vertex,azure
anthropic/claude-opus-{4,4.1} | Claude Opus {} | 200k | 32000 | 15 | 75 | tif>t | TSRBVCWDA | 2025-05+3 | search:0.01 at:anthropic,amazon-bedrock,google-vertex
anthropic/claude-opus-{4.5,4.6,4.7,4.8} | Claude Opus {} | 1m | 128000 | 5 | 25 | tif>t | TSRBVCWDA | 2025-11+3 | over:200000*2 search:0.01 at:anthropic,amazon-bedrock,google-vertex,azure
openai/gpt-3.5-turbo-{0613,16k,instruct} | GPT-3.5 Turbo {} | 16385 | 4096 | 0.5 | 1.5 | t>t | TJLDA | 2023-06+2 | at:openai,azure
openai/gpt-4{,-turbo,-turbo-preview,-0314} | GPT-4 {} | 128k | 4096 | 10 | 30 | ti>t | TJLDA | 2023-05+4 | at:openai,azure
openai/gpt-4o{,-2024-05-13,-2024-08-06,-2024-11-20,-search-preview,-audio-preview} | GPT-4o {} | 128k | 16384 | 2.5 | 10 | tif>t | TSCLDA | 2024-05+2 | at:openai,azure
openai/gpt-4o-mini{,-2024-07-18,-search-preview} | GPT-4o-mini {} | 128k | 16384 | 0.15 | 0.6 | tif>t | TSCLDA | 2024-07+3 | at:openai,azure
openai/gpt-4.1{,-mini,-nano} | GPT-4.1 {} | 1047576 | 32768 | 2 | 8 | tif>t | TSCLDA | 2025-04+1 | at:openai,azure
openai/o1{,-pro} | o1 {} | 200k | 100000 | 15 | 60 | tif>t | TSMEXCD | 2024-12+3 | at:openai,azure
openai/o3{,-mini,-mini-high,-pro,-deep-research} | o3 {} | 200k | 100000 | 2 | 8 | tif>t | TSMEXCDA | 2025-01+1 | at:openai,azure
openai/o4-mini{,-high,-deep-research} | o4-mini {} | 200k | 100000 | 1.1 | 4.4 | tif>t | TSMEXCDA | 2025-04+2 | at:openai,azure
openai/gpt-5{,-mini,-nano,-chat,-codex,-pro} | GPT-5 {} | 400k | 128000 | 1.25 | 10 | tif>t | TSMEVXCDA | 2025-08+1 | at:openai,azure
openai/gpt-5.1{,-chat,-codex,-codex-mini,-codex-max} | GPT-5.1 {} | 400k | 128000 | 1.25 | 10 | tif>t | TSRVXCDA | 2025-11+1 | search:0.01 at:openai,azure
openai/gpt-5.2{,-chat,-codex,-pro} | GPT-5.2 {} | 400k | 128000 | 1.75 | 14 | tif>t | TSRVXCDA | 2025-12+1 | search:0.01 at:openai,azure
openai/gpt-5.4{,-mini,-nano,-pro} | GPT-5.4 {} | 1050000 | 128000 | 2.5 | 15 | tif>t | TSRVXCDA | 2026-03+1 | over:272000*2 search:0.01 at:openai,azure
openai/gpt-5.6{,-mini,-codex,-pro} | GPT-5.6 {} | 1050000 | 128000 | 2.5 | 15 | tif>t | TSRVXCDA | 2026-07+1 | over:272000*2 search:0.01 at:openai,azure
openai/gpt-oss-{20b,120b} | gpt-oss-{} | 128K | 32768 | 0.05 | 0.25 | t>t | TSRELF | 2025-08+1 | hf at:deepinfra,together,fireworks,groq,cerebras,novita
openai/gpt-oss-safeguard-20b | gpt-oss-safeguard-20b | 128K | 65536 | 0.075 | 0.3 | t>t | TSMEL | 2025-10+1 | hf at:groq
openai/gpt-5-image{,-mini} | GPT-5 Image {} | 400k | 128000 | 10 | 10 | tif>ti | SRXCD | 2025-10+1 | img:40 at:openai
openai/gpt-audio{,-mini} | GPT Audio {} | 128k | 16384 | 2.5 | 10 | ta>ta | TSL | 2026-01+1 | at:openai
google/gemini-2.0-flash{-001,-lite-001} | Gemini 2.0 Flash {} | 1M | 8192 | 0.1 | 0.4 | tifav>t | TSCA | 2025-02+1 | exp:75 at:google-vertex,google-ai-studio
google/gemini-2.5-flash{,-lite,-preview-09-2025,-lite-preview-09-2025} | Gemini 2.5 Flash {} | 1M | 65535 | 0.3 | 2.5 | tifav>t | TSRBCWA | 2025-06+1 | at:google-vertex,google-ai-studio
google/gemini-2.5-pro{,-preview,-preview-05-06} | Gemini 2.5 Pro {} | 1M | 65536 | 1.25 | 10 | tifav>t | TSMBCWA | 2025-05+1 | over:200000*2 at:google-vertex,google-ai-studio
google/gemini-2.5-flash-image | Gemini 2.5 Flash Image (Nano Banana) | 32K | 8192 | 0.3 | 2.5 | ti>ti | S | 2025-10+1 | img:30 at:google-vertex,google-ai-studio
google/gemini-3-{flash,pro}-preview | Gemini 3 {} Preview | 1M | 65536 | 0.5 | 3 | tifav>t | TSRCWA | 2025-11+1 | at:google-vertex,google-ai-studio
google/gemini-3.1-{flash-lite,pro}-preview | Gemini 3.1 {} Preview | 1M | 65536 | 0.5 | 3 | tifav>t | TSMCWA | 2026-02+1 | over:200000*2 at:google-vertex,google-ai-studio
google/gemini-3-pro-image-preview | Gemini 3 Pro Image Preview (Nano Banana Pro) | 64K | 32768 | 2 | 12 | ti>ti | SR | 2025-11+1 | img:120 at:google-vertex,google-ai-studio
google/gemma-2-{9b,27b}-it | Gemma 2 {} | 8K | 2048 | 0.03 | 0.09 | t>t | J | 2024-06+1 | hf at:nebius,deepinfra
google/gemma-3-{4b,12b,27b}-it | Gemma 3 {} | 128K | 16384 | 0.04 | 0.15 | ti>t | SF | 2025-03+1 | hf at:deepinfra,novita,parasail
google/gemma-3n-{e2b,e4b}-it | Gemma 3n {} | 32K | 2048 | 0.02 | 0.04 | t>t | JF | 2025-05+2 | hf at:together
google/gemma-4-{26b-a4b,31b}-it | Gemma 4 {} | 256K | 32768 | 0.13 | 0.4 | tiv>t | TSRF | 2026-04+1 | hf at:deepinfra,novita,parasail,together
x-ai/grok-3{,-beta,-mini,-mini-beta} | Grok 3 {} | 128K | - | 3 | 15 | t>t | TSCL | 2025-04+1 | at:xai
x-ai/grok-4 | Grok 4 | 256k | - | 3 | 15 | ti>t | TSMCL | 2025-07+1 | over:128000*2 at:xai
x-ai/grok-{4-fast,4.1-fast,4.20,4.20-multi-agent} | Grok {} | 2m | 30000 | 0.2 | 0.5 | ti>t | TSRCL | 2025-09+3 | over:128000*2 at:xai
x-ai/grok-code-fast-1 | Grok Code Fast 1 | 256k | 10000 | 0.2 | 1.5 | t>t | TSMCL | 2025-08+1 | at:xai
deepseek/deepseek-chat{,-v3-0324,-v3.1} | DeepSeek Chat {} | 160K | 65536 | 0.25 | 0.9 | t>t | TSCF | 2024-12+4 | hf at:deepseek,deepinfra,novita,together,fireworks
deepseek/deepseek-r1{,-0528} | R1 {} | 160K | 65536 | 0.5 | 2.15 | t>t | TSMCF | 2025-01+4 | hf at:deepinfra,novita,together,azure
deepseek/deepseek-r1-distill-{llama-70b,qwen-14b,qwen-32b} | R1 Distill {} | 128K | 32768 | 0.03 | 0.11 | t>t | JM | 2025-01+1 | hf at:deepinfra,novita
deepseek/deepseek-v3.1-terminus | DeepSeek V3.1 Terminus | 160K | 32768 | 0.21 | 0.79 | t>t | TSRC | 2025-09+1 | hf at:deepinfra,novita,siliconflow
deepseek/deepseek-v3.2{,-exp,-speciale} | DeepSeek V3.2 {} | 160K | 65536 | 0.26 | 0.4 | t>t | TSRC | 2025-10+1 | hf night:0.5 at:deepseek,deepinfra,novita,siliconflow,atlas-cloud
deepseek/deepseek-v4-{flash,pro} | DeepSeek V4 {} | 1M | 131072 | 0.325 | 0.65 | t>t | TSRC | 2026-04+1 | hf night:0.5 at:deepseek,deepinfra,alibaba,novita,fireworks
qwen/qwen-2.5-{7b,72b}-instruct | Qwen2.5 {} | 32K | 16384 | 0.12 | 0.39 | t>t | TSF | 2024-09+1 | hf at:deepinfra,novita,together
qwen/qwen-2.5-coder-32b-instruct | Qwen2.5 Coder 32B Instruct | 32K | 32768 | 0.03 | 0.11 | t>t | SF | 2024-11+1 | hf at:deepinfra,hyperbolic
qwen/qwen-2.5-vl-{7b,32b,72b}-instruct | Qwen2.5 VL {} | 32K | 32768 | 0.15 | 0.6 | ti>t | JF | 2025-02+1 | hf at:deepinfra,parasail
qwen/qwen-{turbo,plus,max} | Qwen-{} | 128K | 8192 | 0.4 | 1.2 | t>t | TSC | 2025-02+1 | at:alibaba
qwen/qwq-32b | QwQ 32B | 128K | - | 0.15 | 0.4 | t>t | TSMF | 2025-03+1 | hf at:deepinfra,siliconflow
qwen/qwen3-{4b,8b,14b,32b,30b-a3b,235b-a22b} | Qwen3 {} | 40960 | 40960 | 0.06 | 0.24 | t>t | TSRBF | 2025-04+1 | hf at:deepinfra,novita,nebius,friendli
qwen/qwen3-{30b-a3b,235b-a22b}-{instruct,thinking}-2507 | Qwen3 {} 2507 | 256K | 81920 | 0.08 | 0.33 | t>t | TSR | 2025-07+1 | hf at:deepinfra,novita,together,alibaba
qwen/qwen3-coder{,-flash,-plus,-30b-a3b-instruct,-next} | Qwen3 Coder {} | 256K | 65536 | 0.22 | 0.95 | t>t | TSCF | 2025-07+2 | hf at:alibaba,deepinfra,novita,together
qwen/qwen3-next-80b-a3b-{instruct,thinking} | Qwen3 Next 80B A3B {} | 256K | 65536 | 0.1 | 0.8 | t>t | TSRF | 2025-09+1 | hf at:deepinfra,novita,alibaba
qwen/qwen3-vl-{8b,30b-a3b,32b,235b-a22b}-instruct | Qwen3 VL {} | 256K | 32768 | 0.2 | 0.7 | tiv>t | TS | 2025-10+1 | hf at:alibaba,novita,parasail
qwen/qwen3-max{,-thinking} | Qwen3 Max {} | 256K | 65536 | 1.2 | 6 | t>t | TSC | 2025-09+3 | over:128000*2 at:alibaba
qwen/qwen3.5-{27b,35b-a3b,122b-a10b,397b-a17b,flash,plus} | Qwen3.5 {} | 256K | 65536 | 0.4 | 2.4 | tiv>t | TSRB | 2026-02+1 | hf at:alibaba,novita,deepinfra
qwen/qwen3.6-{flash,plus,max} | Qwen3.6 {} | 1m | 65536 | 0.5 | 3 | tiv>t | TSRBC | 2026-04+1 | over:256000*3 at:alibaba
meta-llama/llama-3-{8b,70b}-instruct | Llama 3 {} | 8K | 16384 | 0.03 | 0.06 | t>t | TJ | 2024-04+1 | hf at:deepinfra,novita,together
meta-llama/llama-3.1-{8b,70b,405b}-instruct | Llama 3.1 {} | 128K | 16384 | 0.4 | 0.4 | t>t | TSF | 2024-07+1 | hf at:deepinfra,together,fireworks,amazon-bedrock
meta-llama/llama-3.2-{1b,3b,11b-vision}-instruct | Llama 3.2 {} | 128K | 16384 | 0.05 | 0.05 | ti>t | JF | 2024-09+1 | hf at:deepinfra,cloudflare
meta-llama/llama-3.3-70b-instruct | Llama 3.3 70B Instruct | 128K | 16384 | 0.13 | 0.38 | t>t | TSF | 2024-12+1 | hf at:deepinfra,groq,cerebras,together,sambanova,fireworks
meta-llama/llama-4-{scout,maverick} | Llama 4 {} | 1M | 16384 | 0.15 | 0.6 | ti>t | TSF | 2025-04+1 | hf at:deepinfra,groq,together,sambanova
meta-llama/llama-guard-{2-8b,3-8b,4-12b} | Llama Guard {} | 160K | - | 0.18 | 0.18 | ti>t | J | 2024-05+6 | hf exp:20 at:together,deepinfra
mistralai/mistral-{7b-instruct,7b-instruct-v0.3,nemo,saba,tiny} | Mistral {} | 32K | 16384 | 0.03 | 0.06 | t>t | TSF | 2023-09+4 | hf at:mistral,deepinfra
mistralai/mixtral-8x{7b,22b}-instruct | Mixtral 8x{} | 64K | - | 0.54 | 0.54 | t>t | TS | 2023-12+4 | hf at:deepinfra,together,fireworks
mistralai/mistral-large{,-2407,-2411,-2512} | Mistral Large {} | 128K | - | 2 | 6 | tf>t | TSA | 2024-02+5 | at:mistral,azure
mistralai/mistral-medium-{3,3.1} | Mistral Medium {} | 128K | - | 0.4 | 2 | tif>t | TSA | 2025-05+3 | at:mistral
mistralai/mistral-small{-24b-instruct-2501,-3.1-24b-instruct,-3.2-24b-instruct,-2603} | Mistral Small {} | 128K | 131072 | 0.06 | 0.18 | tif>t | TSFA | 2025-01+3 | hf at:mistral,deepinfra,parasail
mistralai/ministral-{3b,8b,14b}-2512 | Ministral 3 {} 2512 | 256K | - | 0.1 | 0.1 | ti>t | TS | 2025-12+1 | hf at:mistral
mistralai/codestral-{2501,2508} | Codestral {} | 256K | - | 0.3 | 0.9 | t>t | TSA | 2025-01+7 | at:mistral
mistralai/devstral-{small,medium,2512} | Devstral {} | 256K | - | 0.4 | 2 | t>t | TSFA | 2025-07+2 | hf at:mistral,deepinfra
mistralai/magistral-{small,medium}-2509 | Magistral {} 2509 | 40960 | 40960 | 2 | 5 | tif>t | TSM | 2025-09+1 | exp:60 at:mistral
mistralai/pixtral-{12b,large-2411} | Pixtral {} | 32K | - | 0.1 | 0.1 | tif>t | TS | 2024-09+2 | hf at:mistral
mistralai/voxtral-small-24b-2507 | Voxtral Small 24B 2507 | 32k | - | 0.1 | 0.3 | ta>t | TS | 2025-10+1 | hf at:mistral
moonshotai/kimi-k2{,-0905,-thinking} | Kimi K2 {} | 256K | 262144 | 0.5 | 2.4 | t>t | TSC | 2025-07+2 | hf at:moonshotai,fireworks,novita,groq
moonshotai/kimi-k2.{5,6} | Kimi K2.{} | 256K | 262144 | 0.6 | 2.8 | tiv>t | TSRC | 2026-01+4 | hf at:moonshotai,fireworks,novita,together,parasail
z-ai/glm-4-32b | GLM 4 32B | 128k | - | 0.1 | 0.1 | t>t | T | 2025-07+1 | at:z-ai
z-ai/glm-4.5{,-air,v} | GLM 4.5 {} | 128K | 98304 | 0.35 | 1.55 | ti>t | TSRCF | 2025-07+1 | hf at:z-ai,deepinfra,novita,parasail
z-ai/glm-4.{6,7} | GLM 4.{} | 202752 | 65536 | 0.4 | 1.75 | t>t | TSRC | 2025-09+3 | hf at:z-ai,deepinfra,novita,siliconflow
z-ai/glm-4.7-flash | GLM 4.7 Flash | 202752 | - | 0.06 | 0.4 | t>t | TSR | 2026-01+1 | hf at:z-ai,novita
z-ai/glm-{5,5.1,5-turbo} | GLM {} | 202752 | 131072 | 0.95 | 3.15 | t>t | TSRC | 2026-02+2 | hf at:z-ai,deepinfra,novita,together
minimax/minimax-{01,m1,m2,m2.1,m2.5,m2.7} | MiniMax {} | 1000192 | 131072 | 0.3 | 1.2 | t>t | TSRC | 2025-01+4 | hf at:minimax,novita,fireworks
cohere/command-{a,r-08-2024,r-plus-08-2024,r7b-12-2024} | Command {} | 256k | 8192 | 2.5 | 10 | t>t | TSD | 2024-08+2 | at:cohere
amazon/nova-{micro,lite,pro,premier}-v1 | Nova {} 1.0 | 300k | 5120 | 0.06 | 0.24 | tif>t | TC | 2024-12+3 | at:amazon-bedrock
amazon/nova-2-lite-v1 | Nova 2 Lite | 1m | 65535 | 0.3 | 2.5 | tifv>t | TSRC | 2025-12+1 | at:amazon-bedrock
microsoft/phi-{3-mini-128k-instruct,3.5-mini-128k-instruct,4,4-multimodal-instruct,4-reasoning-plus} | Phi {} | 128k | - | 0.07 | 0.14 | ti>t | J | 2024-05+3 | hf at:azure,deepinfra
microsoft/wizardlm-2-8x22b | WizardLM-2 8x22B | 64K | 16384 | 0.48 | 0.48 | t>t | J | 2024-04+1 | hf exp:10 at:deepinfra,novita
nvidia/llama-3.1-nemotron-{70b-instruct,ultra-253b-v1} | Llama 3.1 Nemotron {} | 128K | 16384 | 1.2 | 1.2 | t>t | TSF | 2024-10+6 | hf at:deepinfra,nebius
nvidia/nemotron-{nano-9b-v2,nano-12b-v2-vl,3-nano-30b-a3b,3-super-120b-a12b} | Nemotron {} | 256K | - | 0.06 | 0.24 | ti>t | TSRF | 2025-09+2 | hf at:deepinfra,nebius
perplexity/sonar{,-pro,-pro-search,-reasoning-pro,-deep-research} | Sonar {} | 127072 | 8000 | 1 | 1 | ti>t | S | 2025-01+2 | req:0.005 search:0.005 at:perplexity
nousresearch/hermes-{3-llama-3.1-70b,3-llama-3.1-405b,4-70b,4-405b} | Hermes {} | 128K | 131072 | 0.3 | 0.3 | t>t | TSRF | 2024-08+4 | hf at:nebius,deepinfra
arcee-ai/{coder-large,maestro-reasoning,spotlight,virtuoso-large,trinity-mini,trinity-large-preview} | Arcee {} | 32K | 32000 | 0.5 | 0.8 | t>t | JF | 2025-05+2 | at:together,arcee-ai
inception/mercury{,-coder,-2} | Mercury {} | 128k | 50000 | 0.25 | 0.75 | t>t | TSC | 2025-04+3 | at:inception
liquid/lfm-{2-8b-a1b,2.2-6b,2.5-1.2b-thinking} | LFM {} | 32K | - | 0.01 | 0.02 | t>t | JF | 2025-10+1 | hf at:liquid
ai21/jamba-{mini,large}-1.7 | Jamba {} 1.7 | 256k | 4096 | 2 | 8 | t>t | TS | 2025-08+1 | hf at:ai21
allenai/olmo-{2-0325-32b-instruct,3-7b-instruct,3-7b-think,3.1-32b-instruct,3.1-32b-think} | Olmo {} | 64K | 65536 | 0.15 | 0.5 | t>t | SF | 2025-03+2 | hf at:parasail,deepinfra
baidu/ernie-4.5-{21b-a3b,300b-a47b,vl-28b-a3b,vl-424b-a47b} | ERNIE 4.5 {} (文心) | 120k | 8000 | 0.28 | 1.1 | ti>t | TJ | 2025-06+1 | hf at:novita,baidu
bytedance-seed/seed-{1.6,1.6-flash,2.0-lite,2.0-mini} | Seed {} (豆包) | 256K | 32768 | 0.25 | 2 | tiv>t | TSRC | 2025-12+1 | over:128000*2 at:seed
tencent/hunyuan-a13b-instruct | Hunyuan A13B Instruct (混元) | 128K | 131072 | 0.14 | 0.57 | t>t | JRF | 2025-07+1 | hf at:siliconflow
stepfun/step-3.5-flash | Step 3.5 Flash (阶跃星辰) | 256K | 65536 | 0.1 | 0.3 | t>t | TMF | 2026-01+1 | hf at:siliconflow
xiaomi/mimo-v2-{flash,pro,omni} | MiMo-V2-{} | 256K | 65536 | 0.1 | 0.3 | t>t | TSR | 2025-12+2 | hf at:xiaomi,novita
upstage/solar-pro-3 | Solar Pro 3 | 128k | - | 0.15 | 0.6 | t>t | TSRF | 2026-01+1 | at:upstage
inflection/inflection-3-{pi,productivity} | Inflection 3 {} | 8000 | 1024 | 2.5 | 10 | t>t | | 2024-10+1 | exp:5 at:inflection
relace/relace-{apply-3,search} | Relace {} | 256K | 128000 | 0.85 | 1.25 | t>t | | 2025-09+2 | at:relace
morph/morph-v3-{fast,large} | Morph V3 {} | 81920 | 38000 | 0.8 | 1.2 | t>t | | 2025-07+1 | at:morph
switchpoint/router | Router | 128K | - | 0.85 | 3.4 | t>t | JR | 2025-07+1 | at:switchpoint
thedrummer/{rocinante-12b,unslopnemo-12b,skyfall-36b-v2,cydonia-24b-v4.1} | {} – Édition été | 32K | 32768 | 0.4 | 0.4 | t>t | J | 2024-11+3 | hf at:novita,parasail
sao10k/l{3-lunaris-8b,3.1-euryale-70b,3.3-euryale-70b} | Llama {} | 32K | 16384 | 0.65 | 0.75 | t>t | J | 2024-06+4 | hf at:deepinfra,novita
gryphe/mythomax-l2-13b | MythoMax 13B | 4096 | 4096 | 0.06 | 0.06 | t>t | J | 2023-07+1 | hf at:deepinfra,novita
anthracite-org/magnum-v4-72b | Magnum v4 72B | 16K | 2048 | 3 | 5 | t>t | J | 2024-10+1 | hf at:mancer
undi95/remm-slerp-l2-13b | ReMM SLERP 13B | 6144 | 4096 | 0.45 | 0.65 | t>t | J | 2023-07+1 | hf at:mancer
alpindale/goliath-120b | Goliath 120B | 6144 | 1024 | 3.75 | 7.5 | t>t | J | 2023-11+1 | hf exp:3 at:mancer
eleutherai/llemma_7b | Llemma 7b | 4096 | 4096 | 0.8 | 1.2 | t>t | | 2025-04+1 | hf at:featherless
tngtech/deepseek-r1t2-chimera | DeepSeek R1T2 Chimera | 160K | 65536 | 0.25 | 0.85 | t>t | SMF | 2025-07+1 | hf at:chutes
cognitivecomputations/dolphin-mistral-24b-venice-edition | Venice Uncensored | 32K | - | 0 | 0 | t>t | SF | 2025-07+1 | hf at:venice
ibm-granite/granite-4.{0-h-micro,1-8b} | Granite 4.{} | 128K | - | 0.017 | 0.11 | t>t | TSF | 2025-10+4 | hf at:cloudflare
kwaipilot/kat-coder-{pro,pro-v2} | KAT-Coder {} (快手) | 256k | 32768 | 0.207 | 0.828 | t>t | TSC | 2025-11+4 | at:novita
deepcogito/cogito-v2.1-671b | Cogito v2.1 671B | 128k | - | 1.25 | 1.25 | t>t | SR | 2025-11+1 | hf at:together
essentialai/rnj-1-instruct | Rnj 1 Instruct | 32K | - | 0.15 | 0.15 | t>t | TS | 2025-12+1 | hf at:together
prime-intellect/intellect-3 | INTELLECT-3 | 128K | 131072 | 0.2 | 1.1 | t>t | TSM | 2025-11+1 | hf at:parasail,nebius
writer/palmyra-x5 | Palmyra X5 | 1040000 | 8192 | 0.6 | 6 | t>t | | 2026-01+1 | at:amazon-bedrock
aion-labs/aion-{1.0,1.0-mini,2.0} | Aion-{} | 128K | 32768 | 4 | 8 | t>t | M | 2025-02+6 | at:aion-labs
raifle/sorcererlm-8x22b | SorcererLM 8x22B | 16k | - | 4.5 | 4.5 | t>t | J | 2024-11+1 | hf at:infermatic
mancer/weaver | Weaver (alpha) | - | 2000 | 0.75 | 1 | t>t | J | 2023-08+1 | at:mancer
openai/text-embedding-{3-small,3-large,ada-002} | Text Embedding {} | 8192 | - | 0.02 | 0 | t>e | | 2025-10+1 | at:openai,azure
google/gemini-embedding-001 | Gemini Embedding 001 | 20k | - | 0.15 | 0 | t>e | | 2025-10+1 | at:google-vertex,google-ai-studio
mistralai/{codestral-embed-2505,mistral-embed-2312} | Mistral {} | 8192 | - | 0.15 | 0 | t>e | | 2025-10+1 | at:mistral
qwen/qwen3-embedding-{0.6b,4b,8b} | Qwen3 Embedding {} | 32K | - | 0.01 | 0 | t>e | | 2025-10+1 | hf at:deepinfra,nebius
baai/bge-{m3,large-en-v1.5} | bge-{} | 8192 | - | 0.01 | 0 | t>e | | 2025-11+1 | hf at:deepinfra
black-forest-labs/flux.2-{pro,klein-4b} | FLUX.2 {} | 46864 | - | 0 | 0 | ti>i | | 2025-11+1 | img:15 at:black-forest-labs
`;

/** `~alias | name | id it points to`. */
export const aliasTable = `
~anthropic/claude-opus-latest | Claude Opus Latest | anthropic/claude-opus-4.8
~anthropic/claude-sonnet-latest | Claude Sonnet Latest | anthropic/claude-sonnet-4.8
~anthropic/claude-haiku-latest | Claude Haiku Latest | anthropic/claude-haiku-4.8
~openai/gpt-latest | GPT Latest | openai/gpt-5.6
~openai/gpt-mini-latest | GPT Mini Latest | openai/gpt-5.6-mini
~google/gemini-pro-latest | Gemini Pro Latest | google/gemini-3.1-pro-preview
~google/gemini-flash-latest | Gemini Flash Latest | google/gemini-3-flash-preview
~deepseek/deepseek-latest | DeepSeek Latest | deepseek/deepseek-v4-pro
~moonshotai/kimi-latest | Kimi Latest | moonshotai/kimi-k2.6
~z-ai/glm-latest | GLM Latest | z-ai/glm-5.1
`;

/** `router | name | context | what it picks from`. Their price is `-1`: whoever answers decides. */
export const routerTable = `
openrouter/auto | Auto Router | 2m | anthropic/claude-sonnet-4.8
openrouter/auto-beta | Auto Router Beta | 2m | openai/gpt-5.6
openrouter/free | Free Models Router | 200k | meta-llama/llama-3.3-70b-instruct:free
openrouter/pareto-code | Pareto Code Router | - | qwen/qwen3-coder
openrouter/fusion | Fusion | - | openai/gpt-5.6
openrouter/bodybuilder | Body Builder (beta) | 128k | google/gemini-2.5-flash
`;
