import type { CatalogEntry, Model } from './model.ts';
import { scenarios } from './scenarios.ts';

/** One model for each scenario, so that a person can choose what happens in the model picker. */
export function scenarioEntries(): readonly CatalogEntry[] {
  return scenarios.map((scenario) => {
    const id = `simulated/${scenario.name}`;
    const model: Model = {
      id,
      canonical_slug: id,
      name: `Simulator: ${scenario.name} (simulated)`,
      created: Date.UTC(2023, 0, 1) / 1000,
      description: scenario.about,
      context_length: 200_000,
      architecture: {
        modality: 'text+image->text',
        input_modalities: ['text', 'image'],
        output_modalities: ['text'],
        tokenizer: 'Other',
        instruct_type: null,
      },
      pricing: { prompt: '0.000001', completion: '0.000005' },
      top_provider: { context_length: 200_000, max_completion_tokens: 16_384, is_moderated: false },
      per_request_limits: null,
      supported_parameters: [
        'max_tokens',
        'reasoning',
        'response_format',
        'structured_outputs',
        'temperature',
        'tool_choice',
        'tools',
      ],
      default_parameters: null,
      reasoning: { mandatory: false, default_enabled: false, default_effort: null, supported_efforts: null },
      supported_voices: null,
      knowledge_cutoff: null,
      expiration_date: null,
      hugging_face_id: null,
      links: { details: `/api/v1/models/${id}/endpoints` },
    };
    return { model, author: 'simulated', providers: ['together'] };
  });
}
